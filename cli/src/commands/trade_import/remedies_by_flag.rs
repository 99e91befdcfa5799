//! What helps, by the flags of the command. The library says what to do, and other programs do it otherwise.

use counterfoil_client::{
    import::NotRecorded,
    local_time::NoMoment,
    mapping::{trade_ids::trade_id_text, LineError},
};

/// Why a payment is not recorded, and what helps.
pub(super) fn refusal(why: &NotRecorded) -> String {
    match why {
        NotRecorded::LooksRecorded { .. } => format!("{why}, with --anew"),
        NotRecorded::SequenceTaken { trade, .. } => format!(
            "{why}: --journal names the journal, and trade show --id {} looks for the trade",
            trade_id_text(trade)
        ),
        NotRecorded::TooLate => {
            format!("{why}: counterfoil amendment propose supplement does so from a file")
        }
        NotRecorded::Other(reason) => reason.clone(),
    }
}

/// Names the flag that puts a line on a day on which its time is not certain.
pub(super) fn name_day(error: &mut LineError) {
    if matches!(error.no_moment, Some(NoMoment::Unsure(..))) {
        error.remedy += ": leave --day out";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{BusinessDay, TradeId, UtcOffset};

    const TRADE: TradeId = TradeId {
        client: 1,
        sequence: 42,
    };

    #[test]
    fn a_payment_that_looks_like_a_recorded_one_is_told_with_the_flag_that_records_it() {
        let day = BusinessDay(20_779);
        let text = refusal(&NotRecorded::LooksRecorded { trade: TRADE, day });
        assert!(text.contains("looks like trade 1/42"), "{text}");
        assert!(text.contains("import its line anew, with --anew"), "{text}");
    }

    #[test]
    fn a_sequence_that_is_taken_is_told_with_the_flag_of_the_journal() {
        let (agreement, trade) = (7, TRADE);
        let text = refusal(&NotRecorded::SequenceTaken { agreement, trade });
        assert!(text.contains("a new journal: --journal names"), "{text}");
        assert!(text.contains("trade show --id 1/42"), "{text}");
    }

    #[test]
    fn a_payment_that_comes_too_late_is_told_with_the_command_that_proposes_it() {
        let text = refusal(&NotRecorded::TooLate);
        assert!(text.contains("amendment propose supplement"), "{text}");
    }

    #[test]
    fn another_reason_is_told_as_it_is() {
        assert_eq!(refusal(&NotRecorded::Other("too late".into())), "too late");
    }

    #[test]
    fn only_a_time_that_is_not_certain_on_its_day_is_told_to_leave_the_day_out() {
        let unsure = NoMoment::Unsure(BusinessDay(20_779), UtcOffset(60), UtcOffset(120));
        for (no_moment, remedy) in [
            (Some(unsure), "correct it: leave --day out"),
            (None, "correct it"),
        ] {
            let mut error = LineError {
                line: 2,
                column: None,
                problem: "is wrong".into(),
                remedy: "correct it".into(),
                no_moment,
            };
            name_day(&mut error);
            assert_eq!(error.remedy, remedy);
        }
    }
}
