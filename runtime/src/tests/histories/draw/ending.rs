//! How an agreement ends early in a history, and time goes on to its close.

use super::{
    super::operation::{Admin, Operation, Until},
    administering::limits,
    agreement,
};
use counterfoil_primitives::AgreementId;
use proptest::{prelude::*, sample::Index};

/// For how long an agreement that ends early takes refunds, and amendments: so it closes soon.
const FEW_DAYS: std::ops::Range<u16> = 0..3;

/// An agreement that ends early.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    agreement: AgreementId,
    limits: Admin,
    end: Admin,
    /// After which operation its close comes.
    close: Index,
}

impl Ending {
    /// Lets the agreement end in a history: that is decided first, while the council is the one of the
    /// beginning. Whatever it decides afterwards may move the end.
    pub(super) fn put_into(self, mut history: Vec<Operation>) -> Vec<Operation> {
        let Self {
            agreement,
            limits,
            end,
            close,
        } = self;
        let close = close.index(history.len() + 1);
        history.insert(close, Operation::Pass(agreement, Until::Close));
        let decided = [limits, end].map(|admin| Operation::Admin(agreement, admin));
        decided.into_iter().chain(history).collect()
    }
}

pub(super) fn ending() -> impl Strategy<Value = Ending> {
    let end = (1u32..4).prop_map(Admin::End);
    (agreement(), limits(FEW_DAYS), end, any::<Index>()).prop_map(
        |(agreement, limits, end, close)| Ending {
            agreement,
            limits,
            end,
            close,
        },
    )
}
