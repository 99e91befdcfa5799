//! Why the chain refused a trade, by the reason's name.

use crate::import::Refusal;

/// What a reason by its name means for an import.
pub(super) fn refusal(reason: &str) -> Refusal {
    match reason {
        "SequenceUsed" | "SequenceBelowWindow" => Refusal::Sequence,
        "SequenceAboveWindow" => Refusal::TooFarAhead,
        other => Refusal::Trade(in_words(other)),
    }
}

/// A reason by its name, in words: what is wrong with a trade, and what helps.
pub fn in_words(reason: &str) -> String {
    let why = match reason {
        "UnknownProduct" => "the agreement has no terms for the product on that day; have the council set them, or correct the product",
        "InFuture" => "by the chain's clock the payment lies in the future; import it once its time has come (if the file has no time of day, that is noon, or what `at` under [time] in the mapping says), or correct its time or the zone in the mapping",
        "WrongDebit" | "WrongCredit" => "the amounts do not follow from the terms of the day; run the import again, since the terms may just have changed",
        "TooLate" => "the payment is later than the agreement allows; settle it outside the chain",
        "BeforeFirstDay" => "the payment lies before the agreement's first day; correct its time",
        "AgreementEnded" => "the agreement has ended by the day that would take the payment; record it under the agreement that follows, or settle it outside the chain",
        "DayFull" => "the day is full",
        other => return format!("the chain says {other}"),
    };
    format!("{why} ({reason})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_sequence_that_is_gone_sends_the_import_looking() {
        assert_eq!(refusal("SequenceUsed"), Refusal::Sequence);
        assert_eq!(refusal("SequenceBelowWindow"), Refusal::Sequence);
        assert_eq!(refusal("SequenceAboveWindow"), Refusal::TooFarAhead);
    }

    #[test]
    fn a_payment_of_the_future_is_told_what_helps_a_file_without_times_of_day() {
        let why = in_words("InFuture");
        for part in ["once its time has come", "`at` under [time]", "or the zone"] {
            assert!(why.contains(part), "{part}: {why}");
        }
    }

    #[test]
    fn a_bad_trade_is_refused_with_a_remedy_and_the_chains_own_word() {
        let Refusal::Trade(why) = refusal("InFuture") else {
            panic!()
        };
        assert!(
            why.contains("correct its time") && why.contains("InFuture"),
            "{why}"
        );
        let Refusal::Trade(why) = refusal("SomethingNew") else {
            panic!()
        };
        assert!(why.contains("SomethingNew"), "{why}");
    }
}
