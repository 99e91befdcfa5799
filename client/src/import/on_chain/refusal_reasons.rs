//! Why the chain refused a trade, by the reason's name.

use crate::import::Refusal;

/// What a reason by its name means for an import.
pub(super) fn refusal(reason: &str) -> Refusal {
    match reason {
        "SequenceUsed" | "SequenceBelowWindow" => Refusal::Sequence,
        "SequenceAboveWindow" => Refusal::TooFarAhead,
        "Supplemented" => Refusal::Supplemented,
        "TooLate" => Refusal::TooLate,
        "AgreementEnded" => Refusal::Ended,
        "OriginalMissing" | "OriginalOtherId" | "RefundedMeanwhile" => {
            Refusal::Meanwhile(in_words(reason))
        }
        other => Refusal::Trade(in_words(other)),
    }
}

/// A reason by its name, in words: what is wrong with a trade, and what helps.
pub fn in_words(reason: &str) -> String {
    let why = match reason {
        "UnknownProduct" => "the agreement has no terms for the product on that day; have the council set them, or correct the product",
        "InFuture" => "by the chain's clock the payment or refund lies in the future; import it once its time has come (if the file has no time of day, that is noon, or what `at` under [time] in the mapping says), or correct its time or the zone in the mapping",
        "WrongDebit" | "WrongCredit" => "the amounts do not follow from the terms of the day; run the import again, since the terms may just have changed",
        "TooLate" => "the payment or refund is recorded later than the agreement allows; propose a payment as a supplement, which bank and company answer, and settle a refund outside the chain",
        "BeforeFirstDay" => "the payment or refund lies before the agreement's first day; correct its time",
        "AgreementEnded" => "by the day that would take the payment or refund the agreement has ended, and takes no payments, or has closed, and takes no refunds (`agreement show`); record a payment under the agreement that follows, propose one of before the end as a supplement, and settle a refund outside the chain",
        "AboveAgreement" => "the gross amount is larger than the agreement allows (`agreement show`, largest trade); correct it, or have the council change that limit",
        "DayFull" => "the day is full; import the file again after its cut-off: a later day takes the payment or refund then",
        "OriginalMissing" | "OriginalOtherId" => "the refund's original is not where the chain had it; import the file again",
        "OriginalIsRefund" => "the refund's original is a refund itself; name the payment that both give back from",
        "OriginalOfAnotherClient" => "another client recorded the refund's original; only that client gives back from it, or the successor that the agreement names",
        "OriginalOtherProduct" => "the refund's original was of another product; correct the product, or the original",
        "OriginalOtherUser" => "another payer paid the refund's original; correct the payer, or the original",
        "BeforeOriginal" => "the refund lies before its original in time; correct its time, or the original (if the file has dates without times, put refunds at the end of their day, by at = \"23:59\" under [time] in a mapping for refunds alone)",
        "RefundTooLate" => "the refund comes more days after its original than the agreement allows; settle it outside the chain",
        "RefundedMeanwhile" => "something was given back of the refund's original meanwhile; import the file again",
        "Supplemented" => "an amendment recorded the payment already; look it up by its reference",
        "MoreThanLeft" => "the refund gives back more than is left of its original; correct the amount, or take the line out if it is recorded already",
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
    fn what_an_amendment_may_have_recorded_sends_the_import_looking_for_that() {
        assert_eq!(refusal("Supplemented"), Refusal::Supplemented);
        assert_eq!(refusal("TooLate"), Refusal::TooLate);
        assert_eq!(refusal("AgreementEnded"), Refusal::Ended);
    }

    #[test]
    fn what_comes_after_an_agreements_end_is_told_where_it_goes() {
        let why = in_words("AgreementEnded");
        for part in [
            "under the agreement that follows",
            "as a supplement",
            "outside the chain",
        ] {
            assert!(why.contains(part), "{part}: {why}");
        }
    }

    #[test]
    fn a_payment_that_comes_too_late_is_told_how_it_is_recorded() {
        let why = in_words("TooLate");
        assert!(why.contains("propose a payment as a supplement"), "{why}");
    }

    #[test]
    fn a_refund_whose_original_changed_meanwhile_may_do_when_it_is_formed_anew() {
        for reason in ["OriginalMissing", "OriginalOtherId", "RefundedMeanwhile"] {
            assert!(matches!(refusal(reason), Refusal::Meanwhile(_)), "{reason}");
        }
        for reason in ["MoreThanLeft", "BeforeOriginal", "OriginalOfAnotherClient"] {
            assert!(matches!(refusal(reason), Refusal::Trade(_)), "{reason}");
        }
    }

    #[test]
    fn each_refusal_of_a_refund_is_told_in_words_of_its_own() {
        for reason in [
            "OriginalMissing",
            "OriginalOtherId",
            "OriginalIsRefund",
            "OriginalOfAnotherClient",
            "OriginalOtherProduct",
            "OriginalOtherUser",
            "BeforeOriginal",
            "RefundTooLate",
            "RefundedMeanwhile",
            "MoreThanLeft",
        ] {
            let why = in_words(reason);
            assert!(why.contains("refund") && why.contains("; "), "{why}");
            assert!(!why.starts_with("the chain says"), "{why}");
        }
    }

    #[test]
    fn a_payment_of_the_future_is_told_what_helps_a_file_without_times_of_day() {
        let why = in_words("InFuture");
        for part in ["once its time has come", "`at` under [time]", "or the zone"] {
            assert!(why.contains(part), "{part}: {why}");
        }
    }

    #[test]
    fn a_trade_above_the_agreements_limit_is_told_where_that_limit_is_shown() {
        let why = in_words("AboveAgreement");
        assert!(why.contains("`agreement show`"), "{why}");
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
