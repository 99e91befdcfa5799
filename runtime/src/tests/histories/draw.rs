//! How histories of operations are drawn.

use super::{
    books, lies,
    members::{AGREEMENTS, CALLERS},
    operation::{
        Admin, AmendmentDraft, AmendmentFault, At, Draft, Fault, Flaw, Form, InRound, Manner,
        NewKey, Operation, Pick, Proof, RefundDraft, RefundFault, Remedy, Said, Slip, Until, Which,
        Word, Written,
    },
};
use counterfoil_primitives::{amendment::Ground, AgreementId, Side};
use proptest::{
    option,
    prelude::*,
    sample::{select, Index},
};

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

fn sequence() -> impl Strategy<Value = Pick> {
    prop_oneof![
        40 => (0u8..3).prop_map(Pick::Fresh),
        2 => Just(Pick::Used),
        2 => Just(Pick::Twice),
        1 => Just(Pick::Leap),
        1 => Just(Pick::TooFar),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    use Fault::*;
    let minutes_ago = prop_oneof![3 => 0u32..120, 1 => 0u32..3 * 24 * 60];
    let faults = vec![
        Debit,
        Credit,
        ZeroGross,
        InFuture,
        BeforeFirstDay,
        UnknownProduct,
    ];
    let fault = option::weighted(0.1, select(faults));
    (sequence(), minutes_ago, 1u32..=3, 1u32..2_000_000, fault).prop_map(
        |(sequence, minutes_ago, product, gross, fault)| Draft {
            sequence,
            minutes_ago,
            product,
            gross,
            fault,
        },
    )
}

/// A batch of some trades, or one that fills pages.
fn batch() -> impl Strategy<Value = Vec<Draft>> {
    let many = (draft(), 200usize..600).prop_map(|(draft, count)| {
        let alike = Draft {
            sequence: Pick::Fresh(0),
            fault: None,
            ..draft
        };
        vec![alike; count]
    });
    prop_oneof![9 => prop::collection::vec(draft(), 0..12), 1 => many]
}

/// Some refunds: of parts, of all that is left, and of one payment several times.
fn refunds() -> impl Strategy<Value = Vec<RefundDraft>> {
    use RefundFault::*;
    let faults = vec![
        Missing,
        OtherId,
        OfARefund,
        OtherClient,
        OtherProduct,
        OtherUser,
        BeforeOriginal,
        Oldest,
        Meanwhile,
        MoreThanLeft,
        Debit,
        Credit,
        ZeroGross,
        InFuture,
    ];
    let minutes_ago = prop_oneof![3 => 0u32..120, 1 => 0u32..3 * 24 * 60];
    let part = prop_oneof![1 => Just(1_000u16), 2 => 0u16..1_000];
    let fault = option::weighted(0.3, select(faults));
    let draft = (sequence(), minutes_ago, any::<u16>(), part, fault).prop_map(
        |(sequence, minutes_ago, of, part, fault)| RefundDraft {
            sequence,
            minutes_ago,
            of,
            part,
            fault,
        },
    );
    prop::collection::vec(draft, 0..8)
}

/// Mostly by the members of agreements, and with a nonce, which proposals and answers need.
fn amending() -> impl Strategy<Value = Manner> {
    let form = prop_oneof![5 => Just(Form::Ordered), 1 => Just(Form::Unordered)];
    (option::weighted(0.6, CALLERS), form, manner()).prop_map(|(who, form, manner)| Manner {
        who,
        form,
        ..manner
    })
}

/// One trade, some, or as many as take two steps.
fn amendment() -> impl Strategy<Value = AmendmentDraft> {
    use AmendmentFault::*;
    let remedies = [
        Remedy::Cancel,
        Remedy::CancelSequences,
        Remedy::Replace,
        Remedy::Supplement,
    ];
    let faults = [
        Nothing,
        NoDate,
        Behind,
        ZeroGross,
        UnknownProduct,
        OtherClient,
        InFuture,
        OtherTotals,
    ];
    let more = prop_oneof![3 => Just(0u16), 4 => 0u16..6, 1 => 500u16..600];
    let minutes_ago = prop_oneof![3 => 0u32..120, 1 => 0u32..3 * 24 * 60];
    let what = (select(remedies.to_vec()), select(Ground::ALL.to_vec()));
    let fault = option::weighted(0.2, select(faults.to_vec()));
    let payment = (minutes_ago, 1u32..=3, 1u32..2_000_000);
    (what, any::<u16>(), more, payment, fault).prop_map(|(what, of, more, payment, fault)| {
        AmendmentDraft {
            remedy: what.0,
            ground: what.1,
            of,
            more,
            minutes_ago: payment.0,
            product: payment.1,
            gross: payment.2,
            fault,
        }
    })
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        4 => Just(Said::Accept),
        1 => Just(Said::Reject),
        1 => Just(Said::Other),
    ]
}

fn written() -> impl Strategy<Value = Written> {
    use Slip::*;
    let slips = vec![Amount, Zero, Product, Payer, Past, Future];
    let slip = option::weighted(0.2, select(slips));
    (1u32..=3, 1u32..2_000_000, prop::bool::weighted(0.2), slip).prop_map(
        |(product, gross, again, slip)| Written {
            product,
            gross,
            again,
            slip,
        },
    )
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

/// Limits that an agreement may have.
fn limits() -> impl Strategy<Value = Admin> {
    let minutes = (60u32..1_500, 0u32..6_000);
    let days = (0u16..10, 0u16..10, 1u16..10);
    (1u32..3, 1u32..6, minutes, days).prop_map(|(pages, extras, minutes, days)| Admin::Limits {
        pages,
        extras,
        deadline: minutes.0,
        late: minutes.1,
        refund_days: days.0,
        amend_days: days.1,
        answer_days: days.2,
    })
}

/// What the council can decide.
fn decision() -> impl Strategy<Value = Admin> {
    prop_oneof![
        2 => (1u32..=4, 0u32..1_000_001).prop_map(|(product, rate)| Admin::Terms(product, rate)),
        1 => limits(),
        1 => any::<u8>().prop_map(Admin::Clients),
        1 => (0u32..4, -840i16..=840)
            .prop_map(|(ahead, offset)| Admin::Conditions { ahead, offset }),
        1 => (2u32..6).prop_map(Admin::Product),
        1 => (1u32..5).prop_map(Admin::Agreement),
        2 => Just(Admin::Register),
        2 => CALLERS.prop_map(Admin::Remove),
        1 => CALLERS.prop_map(Admin::Replace),
        1 => (CALLERS, 0u32..5).prop_map(|(member, ahead)| Admin::Account { member, ahead }),
        1 => CALLERS.prop_map(Admin::Object),
        1 => (select(vec![3, 4, 9]), 0u32..4)
            .prop_map(|(member, ahead)| Admin::Reconciler { member, ahead }),
        1 => (0u32..12).prop_map(Admin::End),
        2 => (0u32..4, 0u32..3).prop_map(|(ahead, closed)| Admin::Calendar { ahead, closed }),
        1 => Just(Admin::RemoveCalendar),
        2 => (0u32..3, any::<bool>())
            .prop_map(|(ahead, named)| Admin::Calendars { ahead, named }),
        1 => (0u32..4, -840i16..=840)
            .prop_map(|(ahead, offset)| Admin::ConditionsByDay { ahead, offset }),
        1 => (any::<u8>(), 0u32..3).prop_map(|(mask, more)| Admin::Seats { mask, more }),
        1 => any::<u8>().prop_map(Admin::Validators),
        1 => Just(Admin::EndSession),
        1 => (0u32..8, 0u32..80)
            .prop_map(|(delay, before)| Admin::NoteStalled { delay, before }),
    ]
}

/// What the council decides, and what who issues the asset does by itself.
fn admin() -> impl Strategy<Value = Admin> {
    prop_oneof![
        24 => decision(),
        2 => Just(Admin::Mint),
        1 => Just(Admin::Burn),
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    let new_key = select(vec![NewKey::Fresh, NewKey::Taken, NewKey::Retired]);
    let lie = option::weighted(0.5, lies::any_lie());
    let proof = select(vec![Proof::Own, Proof::OfAnother, Proof::Spoilt]);
    let ahead = prop_oneof![3 => 0u32..6, 1 => 26u32..40];
    prop_oneof![
        30 => (agreement(), books::damages())
            .prop_map(|(agreement, damages)| Operation::Next(agreement, damages)),
        3 => (agreement(), until()).prop_map(|(agreement, until)| Operation::Pass(agreement, until)),
        14 => (agreement(), manner(), batch())
            .prop_map(|(agreement, manner, batch)| Operation::Record(agreement, manner, batch)),
        10 => (agreement(), manner(), refunds())
            .prop_map(|(agreement, manner, refunds)| Operation::Refund(agreement, manner, refunds)),
        4 => (agreement(), manner(), written())
            .prop_map(|(agreement, manner, written)| Operation::Write(agreement, manner, written)),
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
        1 => (CALLERS, manner())
            .prop_map(|(member, manner)| Operation::ObjectToAccount(member, manner)),
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
        2 => (agreement(), manner(), any::<Index>())
            .prop_map(|(agreement, manner, index)| Operation::Lapse(agreement, manner, index)),
        14 => agreement().prop_map(Operation::Agree),
    ]
}

/// Histories of operations.
pub fn histories() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec(operation(), 20..120)
}
