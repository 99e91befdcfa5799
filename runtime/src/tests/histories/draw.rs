//! How histories of operations are drawn.
//!
//! | module | what it draws |
//! |---|---|
//! | [`administering`] | what the council decides, and what who issues the asset does |
//! | [`mod@amending`] | proposals to amend trades, and what is said to them |
//! | [`mod@ending`] | how an agreement ends early, and time goes on to its close |
//! | [`recording`] | trades and refunds that clients send, and those that persons write |
//! | [`mod@settling`] | how agreements settle, and what is said of payments outside the chain |

mod administering;
mod amending;
mod ending;
mod recording;
mod settling;

use super::{
    books, lies,
    members::{AGREEMENTS, CALLERS, CLIENTS},
    operation::{
        Admin, At, Flaw, Form, InRound, Manner, NewKey, Operation, Proof, Until, Which, Word,
    },
};
use administering::{admin, decision};
use amending::{amending, amendment, said};
use counterfoil_primitives::{AgreementId, Side};
use ending::ending;
use proptest::{
    option,
    prelude::*,
    sample::{select, Index},
};
use recording::{batch, refunds, written, written_refund};
use settling::{settling, settling_call};

fn agreement() -> impl Strategy<Value = AgreementId> {
    select(&AGREEMENTS[..])
}

fn at() -> impl Strategy<Value = At> {
    let day = prop_oneof![3 => Just(Which::Current), 1 => (0u32..5).prop_map(Which::Back)];
    (agreement(), day).prop_map(|(agreement, day)| At { agreement, day })
}

fn side() -> impl Strategy<Value = Side> {
    select(&Side::BOTH[..])
}

fn manner() -> impl Strategy<Value = Manner> {
    use Flaw::*;
    let flaws = [
        WrongKey, RetiredKey, OtherChain, OtherCall, Expired, LongEra, UsedNonce, Nested,
    ];
    (
        option::weighted(0.25, CALLERS),
        select(vec![Form::Ordered, Form::Unordered]),
        option::weighted(0.12, select(flaws.to_vec())),
    )
        .prop_map(|(who, form, flaw)| Manner { who, form, flaw })
}

fn until() -> impl Strategy<Value = Until> {
    prop_oneof![
        2 => (1u32..36 * 60).prop_map(Until::Minutes),
        1 => select(vec![Until::CutOff, Until::Preset, Until::Deadline]),
    ]
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![
        6 => books::damages().prop_map(Word::Book),
        1 => books::damages().prop_map(Word::FalseTotal),
        1 => any::<u8>().prop_map(Word::Random),
        1 => Just(Word::WrongSlots),
    ]
}

fn in_round() -> impl Strategy<Value = InRound> {
    prop_oneof![
        6 => Just(InRound::Current),
        2 => Just(InRound::Before),
        1 => Just(InRound::After),
    ]
}

/// A client, or somebody who is none.
fn client() -> impl Strategy<Value = u32> {
    prop_oneof![6 => select(&CLIENTS[..]), 1 => CALLERS]
}

/// By bank or company as a rule, with a nonce.
fn of_party() -> impl Strategy<Value = Manner> {
    let party = option::weighted(0.6, select(vec![2, 3, 7, 8]));
    let who = prop_oneof![6 => party, 1 => option::weighted(0.9, CALLERS)];
    let form = prop_oneof![7 => Just(Form::Ordered), 1 => Just(Form::Unordered)];
    (who, form, manner()).prop_map(|(who, form, manner)| Manner {
        who,
        form,
        ..manner
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    let new_key = select(vec![NewKey::Fresh, NewKey::Taken, NewKey::Retired]);
    let lie = option::weighted(0.5, lies::any_lie());
    let proof = select(vec![Proof::Own, Proof::OfAnother, Proof::Spoilt]);
    let ahead = prop_oneof![3 => 0u32..6, 1 => 26u32..40];
    prop_oneof![
        36 => (agreement(), books::damages())
            .prop_map(|(agreement, damages)| Operation::Next(agreement, damages)),
        3 => (agreement(), until()).prop_map(|(agreement, until)| Operation::Pass(agreement, until)),
        14 => (agreement(), manner(), batch())
            .prop_map(|(agreement, manner, batch)| Operation::Record(agreement, manner, batch)),
        10 => (agreement(), manner(), refunds())
            .prop_map(|(agreement, manner, refunds)| Operation::Refund(agreement, manner, refunds)),
        4 => (agreement(), manner(), written())
            .prop_map(|(agreement, manner, written)| Operation::Write(agreement, manner, written)),
        4 => (agreement(), manner(), written_refund())
            .prop_map(|(agreement, manner, draft)| Operation::WriteRefund(agreement, manner, draft)),
        3 => (at(), manner()).prop_map(|(at, manner)| Operation::Seal(at, manner)),
        9 => (at(), side(), manner(), in_round(), word()).prop_map(
            |(at, side, manner, in_round, word)| Operation::Commit(at, side, manner, in_round, word)
        ),
        10 => (at(), side(), manner(), lie)
            .prop_map(|(at, side, manner, lie)| Operation::Report(at, side, manner, lie)),
        2 => (at(), side(), manner()).prop_map(|(at, side, manner)| Operation::Overdue(at, side, manner)),
        2 => (at(), side(), manner()).prop_map(|(at, side, manner)| Operation::Default(at, side, manner)),
        1 => (at(), manner()).prop_map(|(at, manner)| Operation::FullFetch(at, manner)),
        4 => (at(), side(), manner(), any::<bool>())
            .prop_map(|(at, side, manner, own)| Operation::Repair(at, side, manner, own)),
        4 => (at(), manner()).prop_map(|(at, manner)| Operation::Pay(at, manner)),
        12 => settling_call(),
        3 => (agreement(), of_party(), client())
            .prop_map(|(agreement, manner, client)| Operation::Suspend(agreement, manner, client)),
        6 => (agreement(), of_party(), client())
            .prop_map(|(agreement, manner, client)| Operation::Lift(agreement, manner, client)),
        2 => (CALLERS, manner(), new_key)
            .prop_map(|(member, manner, key)| Operation::Rotate(member, manner, key)),
        1 => (CALLERS, manner(), any::<bool>())
            .prop_map(|(member, manner, good)| Operation::Endpoint(member, manner, good)),
        8 => any::<prop::sample::Index>().prop_map(Operation::Replay),
        4 => (agreement(), admin()).prop_map(|(agreement, admin)| Operation::Admin(agreement, admin)),
        2 => (agreement(), manner(), decision())
            .prop_map(|(agreement, manner, admin)| Operation::Propose(agreement, manner, admin)),
        3 => (manner(), any::<prop::sample::Index>(), prop::bool::weighted(0.8))
            .prop_map(|(manner, motion, approve)| Operation::Vote(manner, motion, approve)),
        2 => (manner(), any::<prop::sample::Index>())
            .prop_map(|(manner, motion)| Operation::Close(manner, motion)),
        2 => (CALLERS, manner(), proof)
            .prop_map(|(member, manner, proof)| Operation::Keys(member, manner, proof)),
        1 => (CALLERS, manner())
            .prop_map(|(member, manner)| Operation::PurgeKeys(member, manner)),
        2 => (CALLERS, manner(), ahead)
            .prop_map(|(member, manner, ahead)| Operation::ChangeAccount(member, manner, ahead)),
        1 => (CALLERS, manner(), prop::bool::weighted(0.8)).prop_map(
            |(member, manner, is_open)| Operation::ObjectToAccount(member, manner, is_open)
        ),
        10 => (agreement(), amending(), amendment())
            .prop_map(|(agreement, manner, draft)| Operation::Amend(agreement, manner, draft)),
        4 => (agreement(), amending(), any::<Index>(), said()).prop_map(
            |(agreement, manner, index, said)| Operation::Answer(agreement, manner, index, said)
        ),
        4 => (agreement(), manner(), any::<Index>(), prop::bool::weighted(0.8)).prop_map(
            |(agreement, manner, index, is_due)| Operation::Book(agreement, manner, index, is_due)
        ),
        1 => (agreement(), amending(), any::<Index>())
            .prop_map(|(agreement, manner, index)| Operation::Withdraw(agreement, manner, index)),
        1 => (agreement(), amending(), any::<Index>())
            .prop_map(|(agreement, manner, index)| Operation::WriteOff(agreement, manner, index)),
        2 => (agreement(), manner(), any::<Index>())
            .prop_map(|(agreement, manner, index)| Operation::Lapse(agreement, manner, index)),
        14 => agreement().prop_map(Operation::Agree),
    ]
}

/// How the first agreement settles from tomorrow on: the chain begins with days that are paid in the asset.
fn beginning() -> impl Strategy<Value = Option<Operation>> {
    let conditions = (settling(), settling()).prop_map(|(first, then)| {
        let admin = Admin::ConditionsByDay {
            ahead: 1,
            offset: 60,
            settling: [first, then],
        };
        Operation::Admin(AGREEMENTS[0], admin)
    });
    option::of(conditions)
}

/// Lets the asset be destroyed in the second half of a history: what comes before is paid in it.
fn destroy_in(mut history: Vec<Operation>, at: Index) -> Vec<Operation> {
    let half = history.len() / 2;
    let at = half + at.index(history.len() - half + 1);
    history.insert(at, Operation::Admin(AGREEMENTS[0], Admin::Destroy));
    history
}

/// Histories of operations. In every fourth, an agreement ends early; in few, the asset is destroyed.
pub fn histories() -> impl Strategy<Value = Vec<Operation>> {
    let operations = prop::collection::vec(operation(), 20..120);
    let ending = option::weighted(0.25, ending());
    let destroyed = option::weighted(0.08, any::<Index>());
    (beginning(), operations, ending, destroyed).prop_map(|(first, rest, ending, destroyed)| {
        let history: Vec<_> = first.into_iter().chain(rest).collect();
        let history = match destroyed {
            Some(at) => destroy_in(history, at),
            None => history,
        };
        match ending {
            Some(ending) => ending.put_into(history),
            None => history,
        }
    })
}
