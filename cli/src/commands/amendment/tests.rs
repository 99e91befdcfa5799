//! What the commands take, and what they say of proposals.

use super::*;
use clap::Parser;
use counterfoil_client::{
    amendments::{draft::cancellations, totals, Draft, Filter},
    testing,
};
use counterfoil_primitives::{
    amendment::{Answers, Ground, Progress, Proposal, Standing, Unresolved},
    BusinessDay, Kind, Reference, Trade, TradeId, UserId,
};
use serde_json::json;
use sp_core::H256;

#[derive(Debug, Parser)]
struct Line {
    #[command(subcommand)]
    command: Amendment,
}

fn read(line: &str) -> Result<Amendment, clap::Error> {
    let words = format!("amendment {line}");
    Line::try_parse_from(words.split_whitespace()).map(|line| line.command)
}

pub(super) fn agreement() -> Agreement {
    testing::agreement(testing::agreement_view(BusinessDay(0)))
}

fn trades(count: u64) -> Vec<Trade> {
    let trade = |sequence| Trade {
        id: TradeId {
            client: 1,
            sequence,
        },
        kind: Kind::Payment,
        reference: Reference([7; 16]),
        user: UserId::from_text("C-1042").unwrap(),
        product: 1,
        gross: 10_000,
        debit: 9_700,
        credit: 300,
        occurred_at: 0,
        terms_version: 0,
    };
    (0..count).map(trade).collect()
}

pub(super) fn draft(count: u64) -> Draft {
    let trades = trades(count);
    let mut contents = cancellations(BusinessDay(20_780), &trades, &Filter::default()).unwrap();
    Draft {
        ground: Ground::NotPaid,
        evidence: H256::zero(),
        content: contents.remove(0),
        stated: totals(&trades),
        named: (0..).zip(trades).collect(),
        right: Vec::new(),
    }
}

fn shown(standing: Standing) -> Shown {
    let draft = draft(3);
    let proposal = Proposal {
        agreement: 7,
        proposer: 2,
        ground: draft.ground,
        evidence: draft.evidence,
        fingerprint: draft.fingerprint(7, 2),
        stated: draft.stated,
        proposed_at: 0,
        answer_until: 1_000,
        answers: Answers {
            bank: None,
            company: Some(true),
        },
        standing,
    };
    Shown {
        number: 3,
        proposal,
        draft: Some(draft),
    }
}

#[test]
fn an_answer_accepts_or_rejects_and_not_both() {
    let answer = |rest: &str| match read(&format!("answer 3 --agreement 7 {rest}")) {
        Ok(Amendment::Answer(answer)) => Ok((answer.accept, answer.reject)),
        Ok(other) => panic!("another command: {other:?}"),
        Err(error) => Err(error),
    };
    assert_eq!(answer("--accept").unwrap(), (true, false));
    assert_eq!(answer("--reject --yes").unwrap(), (false, true));
    assert!(answer("").is_err());
    assert!(answer("--accept --reject").is_err());
    assert!(answer("--accept --yes --dry-run").is_err());
}

#[test]
fn proposals_are_named_by_their_numbers() {
    for line in [
        "show 3 --agreement 7 --first 100",
        "withdraw 3 --agreement 7",
        "write-off 3 --agreement 7 --dry-run",
        "list --agreement 7",
    ] {
        assert!(read(line).is_ok(), "{line}");
    }
    assert!(read("show --agreement 7").is_err());
}

#[test]
fn a_proposal_that_is_given_up_is_said_to_be_withdrawn_or_written_off() {
    let given_up = |how| printed_proposals::given_up(&agreement(), 3, how);
    let withdrawn = given_up(GivingUp::Withdraw);
    assert_eq!(withdrawn.text, "proposal 3 of agreement 7 is withdrawn");
    assert_eq!(withdrawn.json["withdrawn"], true);
    let written_off = given_up(GivingUp::WriteOff);
    assert_eq!(written_off.text, "proposal 3 of agreement 7 is written off");
    assert_eq!(written_off.json["written_off"], true);
}

#[test]
fn what_is_proposed_has_a_ground_and_is_of_a_day() {
    let cancel = "propose cancel --agreement 7 --day 2026-11-23 --client 1 --sequences 3-9";
    assert!(read(cancel).is_err());
    assert!(read(&format!("{cancel} --ground not_paid")).is_ok());
    // Each client counts sequences of its own.
    let all_clients = cancel.replace(" --client 1", " --ground not_paid");
    assert!(read(&all_clients).is_err());
    let ids = "propose cancel --agreement 7 --day 2026-11-23 --ground not_paid --payment FV-1";
    assert!(read(ids).is_err());
    assert!(read(&format!("{ids} --payment FV-2 --client 1")).is_ok());
    let error = read(&format!("{cancel} --ground wrong"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("paid_twice"), "{error}");
    let replace = "propose replace --agreement 7 --file a.csv --ground wrong_user";
    assert!(read(replace).is_err());
    assert!(read(&format!("{replace} --day 2026-11-23 --dry-run")).is_ok());
    let supplement = "propose supplement --agreement 7 --file a.csv --mapping a.toml";
    assert!(read(supplement).is_err());
    assert!(read(&format!("{supplement} --client 1")).is_ok());
}

#[test]
fn a_proposal_is_shown_with_whose_answer_it_waits_for() {
    let agreement = agreement();
    let said = Said::of(&agreement, 500, 2);
    let rendered = said.proposal(&shown(Standing::Open));
    for part in [
        "3 of agreement 7",
        "waits for answers",
        "not_paid: the payment did not take place",
        "3 payments, gross 300.00 CZK, debit 291.00 CZK, credit 9.00 CZK",
        "bank (3) awaited, company (2) accepts",
        "it cancels trades of 2026-11-23, on positions 0–2",
        "and 1 more trade",
    ] {
        assert!(rendered.text.contains(part), "{part}: {}", rendered.text);
    }
    let json = &rendered.json;
    assert_eq!(
        (&json["state"], &json["awaited"]),
        (&json!("open"), &json!([3]))
    );
    assert_eq!(json["content"]["positions"], json!([[0, 2]]));
    assert_eq!(json["trades"].as_array().unwrap().len(), 2);
    assert_eq!(json["trades_left"], 1);
    assert_eq!(json["stated"]["payments"]["gross"], "30000");
    assert_eq!(json["evidence"], json!(null));
}

#[test]
fn a_proposal_whose_time_is_over_waits_for_nobody() {
    let agreement = agreement();
    let said = Said::of(&agreement, 1_001, 2);
    let rendered = said.proposal(&shown(Standing::Open));
    assert!(
        rendered.text.contains("becomes a claim"),
        "{}",
        rendered.text
    );
    assert_eq!(rendered.json["awaited"], json!([]));
    assert_eq!(rendered.json["lapsed"], true);
}

#[test]
fn a_completed_proposal_is_shown_with_what_was_booked() {
    let progress = Progress {
        booked: 2,
        fallen_out: 1,
        ..Progress::default()
    };
    let shown = Shown {
        draft: None,
        ..shown(Standing::Completed { at: 5, progress })
    };
    let agreement = agreement();
    let rendered = Said::of(&agreement, 500, 2).proposal(&shown);
    assert!(
        rendered.text.contains("its trades are booked"),
        "{}",
        rendered.text
    );
    let json = &rendered.json;
    assert_eq!(
        (&json["booked"], &json["fallen_out"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(json["state"], "completed");
}

#[test]
fn the_list_tells_where_nothing_waits() {
    let agreement = agreement();
    let said = Said::of(&agreement, 500, 2);
    assert!(said.list(&[], 4).text.contains("the newest number is 4"));
    let proposal = shown(Standing::Open).proposal;
    let rendered = said.list(&[(3, proposal)], 3);
    assert!(
        rendered.text.contains("waits for answers"),
        "{}",
        rendered.text
    );
    assert_eq!(rendered.json["proposals"][0]["number"], 3);
}

#[test]
fn nothing_is_awaited_of_anybody_for_a_claim() {
    let claim = Standing::Unresolved {
        since: 5,
        why: Unresolved::Rejected,
    };
    let agreement = agreement();
    let said = Said::of(&agreement, 500, 2);
    let text = said.proposal(&shown(claim)).text;
    assert!(text.contains("bank (3) did not answer"), "{text}");
    assert!(text.contains("until its proposer writes it off"), "{text}");
    let listed = said.list(&[(3, shown(claim).proposal)], 3).text;
    assert!(!listed.contains("1970"), "{listed}");
}

#[test]
fn an_answer_is_told_with_what_is_awaited_after_it() {
    let agreement = agreement();
    let said = Said::of(&agreement, 500, 2);
    let open = said.answered(&shown(Standing::Open), true);
    assert!(
        open.text.contains("accepted; proposal 3 waits until"),
        "{}",
        open.text
    );
    assert!(open.text.ends_with("for the answer of 3"), "{}", open.text);
    assert_eq!(open.json["answered"], "accepted");
    let accepted = Standing::Accepted {
        at: 5,
        progress: Progress::default(),
    };
    let agreed = said.answered(&shown(accepted), true).text;
    assert!(
        agreed.ends_with("is accepted, and being booked"),
        "{agreed}"
    );
}

#[test]
fn the_list_tells_whose_time_for_answers_is_over() {
    let agreement = agreement();
    let said = Said::of(&agreement, 1_001, 2);
    let text = said.list(&[(3, shown(Standing::Open).proposal)], 3).text;
    assert!(text.contains("becomes a claim"), "{text}");
    assert!(text.contains("nobody"), "{text}");
}

#[test]
fn a_dry_run_says_that_nothing_was_sent() {
    let agreement = agreement();
    let said = Said::of(&agreement, 500, 2);
    let unsent = said.unsent(&shown(Standing::Open));
    assert!(unsent.text.ends_with("nothing was sent"));
    assert_eq!(unsent.json["dry_run"], true);
}
