use super::*;
use counterfoil_client::chain::submit::Included;

fn words() -> CallWords {
    let Json::Object(arguments) = json!({ "id": 9 }) else {
        unreachable!("it is an object")
    };
    CallWords {
        pallet: "Registry".into(),
        name: "remove_member".into(),
        does: "Removes a member.".into(),
        arguments,
        calls: Vec::new(),
    }
}

fn standing(ayes: &[MemberId], nays: &[MemberId]) -> Standing {
    Standing {
        motion: MotionView {
            motion: H256::repeat_byte(7),
            index: 3,
            proposer: 1,
            ayes: ayes.to_vec(),
            nays: nays.to_vec(),
            threshold: 2,
            ends_at_block: 900,
            call: vec![20, 1],
            weight: Default::default(),
            length: 5,
        },
        seats: vec![1, 2, 4],
    }
}

#[test]
fn a_motion_that_is_open_is_printed_with_its_number_what_it_does_and_who_has_to_vote() {
    let open = Opened {
        motion: H256::repeat_byte(7),
        index: 3,
        ayes: 1,
        majority: 2,
        waiting: vec![2, 4],
    };
    let said = opened(&open, &words());
    insta::assert_snapshot!(said.text, @r"
    motion 3 is proposed; it has 1 of the 2 ayes that it needs
      Registry.remove_member: Removes a member.
        id: 9
    still to vote, by `council vote 3 --aye` or `--nay`: 2, 4
    ");
    assert_eq!(said.exit_code(), 0);
    let hash = format!("0x{}", "07".repeat(32));
    assert_eq!(said.json["motion"], json!(hash));
    assert_eq!(said.json["proposed"]["call"], "Registry.remove_member");
    assert_eq!(said.json["index"], 3);
    assert_eq!(said.json["ayes"], 1);
    assert_eq!(said.json["majority"], 2);
    assert_eq!(said.json["waiting"], json!([2, 4]));
}

#[test]
fn a_call_that_ran_at_once_is_printed_as_done() {
    let said = ran(&words());
    assert!(said.text.starts_with("done:\n"), "{}", said.text);
    assert_eq!(said.json["carried"]["arguments"]["id"], 9);
}

#[test]
fn a_motion_is_shown_with_its_votes_and_what_it_would_run() {
    let said = motion(&standing(&[1], &[4]), &words());
    for line in [
        "state          undecided, missing ayes: 1",
        "ayes           1",
        "nays           4",
        "still to vote  2",
        "    id: 9",
    ] {
        assert!(said.text.lines().any(|one| one == line), "{}", said.text);
    }
    assert_eq!(said.json["ayes"], json!([1]));
    assert_eq!(said.json["waiting"], json!([2]));
    assert_eq!(said.json["carried"], false);
}

#[test]
fn a_decided_motion_is_shown_with_what_its_close_does() {
    let carried = motion(&standing(&[1, 2], &[]), &words());
    assert!(carried.text.contains("`council close 3` runs it"));
    let rejected = motion(&standing(&[], &[1, 2, 4]), &words());
    assert!(rejected.text.contains("`council close 3` drops it"));
}

#[test]
fn a_list_has_seats_majority_and_motions() {
    let council = |motions| CouncilView {
        seats: vec![1, 2, 4],
        majority: 2,
        motions,
    };
    let in_words = |_: &MotionView| words();
    let empty = list(&council(Vec::new()), None, &in_words);
    assert_eq!(
        empty.text,
        "seats     1, 2, 4\nmajority  2\nno motion is open"
    );
    assert_eq!(empty.json["motions"], json!([]));
    let said = list(&council(vec![standing(&[1], &[]).motion]), None, &in_words);
    assert!(said.text.contains("Registry.remove_member"));
    assert_eq!(said.json["motions"][0]["index"], 3);
    assert_eq!(said.json["seats"], json!([1, 2, 4]));
}

#[test]
fn an_upgrade_that_waits_for_its_code_is_listed_with_the_command_that_goes_on() {
    let council = CouncilView {
        seats: vec![1, 2, 4],
        majority: 2,
        motions: Vec::new(),
    };
    let in_words = |_: &MotionView| words();
    let waiting = list(&council, Some(H256::repeat_byte(9)), &in_words);
    let hash = format!("0x{}", "09".repeat(32));
    let line = format!(
        "upgrade   the runtime of hash {hash} is authorised, and waits for its code; anybody submits \
         that by `council apply-upgrade --code FILE`"
    );
    assert!(
        waiting.text.lines().any(|one| one == line),
        "{}",
        waiting.text
    );
    assert_eq!(waiting.json["authorized_upgrade"], json!(hash));
    let none = list(&council, None, &in_words);
    assert!(!none.text.contains("upgrade"), "{}", none.text);
    assert_eq!(none.json["authorized_upgrade"], Json::Null);
}

#[test]
fn a_batch_is_titled_by_what_it_holds() {
    let batch = CallWords {
        pallet: "Utility".into(),
        name: "batch_all".into(),
        calls: vec![words(), words()],
        ..words()
    };
    assert_eq!(
        title(&batch),
        "Utility.batch_all of Registry.remove_member, Registry.remove_member"
    );
}

#[test]
fn a_vote_that_decides_nothing_tells_who_has_still_to_vote() {
    let said = voted(Outcome::Open, &standing(&[1], &[4]), &words());
    assert!(said.text.contains("missing ayes: 1"), "{}", said.text);
    assert!(said.text.contains("still to vote: 2"), "{}", said.text);
    assert_eq!(said.json["outcome"], "open");
    assert_eq!(said.json["waiting"], json!([2]));
}

#[test]
fn a_vote_that_decides_tells_what_was_done_or_not() {
    let block = || Included {
        block: H256::zero(),
        events: Vec::new(),
    };
    for (closed, outcome, text) in [
        (Closed::Carried(block()), "carried", "this was done"),
        (Closed::Dropped(block()), "dropped", "this was not done"),
    ] {
        let outcome_of = Outcome::of(&Voted::Closed(closed));
        let said = voted(outcome_of, &standing(&[1], &[]), &words());
        assert_eq!(said.json["outcome"], outcome);
        assert!(said.text.contains(text), "{}", said.text);
        // The votes of before the vote would mislead.
        assert!(said.json.get("ayes").is_none());
    }
    let another = voted(
        Outcome::of(&Voted::ClosedByAnother),
        &standing(&[1], &[]),
        &words(),
    );
    assert_eq!(another.json["outcome"], "closed_by_another");
}
