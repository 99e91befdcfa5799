//! The options that say which trades of a day are meant.

use super::ensure_named;
use anyhow::{anyhow, Context as _, Result};
use clap::{
    builder::{PossibleValuesParser, TypedValueParser},
    Args,
};
use counterfoil_client::{
    amendments::Filter,
    chain::views::Agreement,
    local_time::{read_moment, Clock},
    mapping::reference_of,
    money::Style,
    printable_text::quoted,
    refused_payer_or_reference::label_error,
};
use counterfoil_primitives::{
    amendment::Span, written::label, Kind, MemberId, ProductId, Reference, Sequence, UserId,
};
use std::{fs, ops::RangeInclusive, path::PathBuf, str::FromStr};

/// Conditions on trades; a trade has to fulfil all that are given.
#[derive(Debug, Default, Args)]
pub(super) struct Which {
    /// Those that this client recorded.
    #[arg(long)]
    client: Option<MemberId>,
    /// Those with these sequences of the client, like 100-250.
    #[arg(long, requires = "client", value_parser = range::<Sequence>)]
    sequences: Option<RangeInclusive<Sequence>>,
    /// Those that carry the reference of the client's payment with this id, as its file named it, where
    /// that names no UETR. It can be given several times.
    #[arg(long, requires = "client")]
    payment: Vec<String>,
    /// Those that carry this reference: a UUID like a UETR, or the text with which the trade is shown. It
    /// can be given several times.
    #[arg(long, value_parser = reference)]
    reference: Vec<Reference>,
    /// Those that carry one of the references of a file, one a line.
    #[arg(long)]
    references: Option<PathBuf>,
    /// Those of this payer.
    #[arg(long, value_parser = user)]
    user: Option<UserId>,
    /// Those of this product.
    #[arg(long)]
    product: Option<ProductId>,
    /// Payments, or refunds.
    #[arg(long, value_parser = kind_parser())]
    kind: Option<Kind>,
    /// Those of this gross amount, like 1250.50.
    #[arg(long)]
    amount: Option<String>,
    /// Those that completed at this time or later, by the agreement's clock, like "2026-11-23 14:05:00".
    #[arg(long)]
    from: Option<String>,
    /// Those that completed before this time.
    #[arg(long)]
    to: Option<String>,
    /// Those on these positions of the day, like 0-99,120.
    #[arg(long, value_delimiter = ',', value_parser = span)]
    positions: Vec<Span>,
    /// All trades of the day.
    #[arg(long)]
    all: bool,
}

impl Which {
    /// The conditions, by the agreement's currency and clock.
    pub(super) fn filter(&self, agreement: &Agreement) -> Result<Filter> {
        let offset_on = |day| agreement.offset_minutes(day);
        let clock = Clock::new(&offset_on, None);
        let moment = |text: &Option<String>| {
            let read = text.as_ref().map(|text| read_moment(text, &clock));
            read.transpose()
        };
        let gross = self.amount.as_ref().map(|text| {
            let read = agreement.money.parse(text, &Style::default());
            read.map_err(|error| anyhow!("--amount: {}; write it like 1250.50", error.of(text)))
        });
        let mut references = self.reference.clone();
        if let Some(client) = self.client {
            references.extend(self.payment.iter().map(|id| reference_of(client, id)));
        }
        if let Some(path) = &self.references {
            let text = fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            references.extend(references_of(&text)?);
        }
        let filter = Filter {
            client: self.client,
            sequences: self.sequences.clone(),
            references: references.into_iter().collect(),
            user: self.user,
            product: self.product,
            kind: self.kind,
            gross: gross.transpose()?,
            from: moment(&self.from)?,
            before: moment(&self.to)?,
            positions: self.positions.clone(),
        };
        ensure_named(filter.is_open(), self.all)?;
        Ok(filter)
    }
}

/// The references of a file, one a line.
fn references_of(text: &str) -> Result<Vec<Reference>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines().map(str::trim));
    let references = lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| {
            reference(line).with_context(|| format!("--references, line {number}"))
        });
    let references = references.collect::<Result<Vec<Reference>>>()?;
    if references.is_empty() {
        return Err(anyhow!(
            "--references: the file holds none; write one a line"
        ));
    }
    Ok(references)
}

fn reference(text: &str) -> Result<Reference> {
    label::read_reference(text).map_err(|error| {
        let (problem, remedy) = label_error(text, error);
        anyhow!("{problem}; {remedy}")
    })
}

fn user(text: &str) -> Result<UserId> {
    label::read_user(text).map_err(|error| {
        let (problem, remedy) = label_error(text, error);
        anyhow!("{problem}; {remedy}")
    })
}

/// Reads a kind by its name.
fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::BOTH.map(Kind::name))
        .try_map(|name| Kind::from_name(&name).ok_or("no kind has this name"))
}

/// Reads numbers from one to another, like `100-250`, or one number.
fn range<N: FromStr + PartialOrd + Copy>(text: &str) -> Result<RangeInclusive<N>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<N>().ok();
    let range = number(first).zip(number(last));
    let range = range.filter(|(first, last)| first <= last);
    range.map(|(first, last)| first..=last).ok_or_else(|| {
        anyhow!(
            "{} is neither a number nor a range; write it like 17, or 100-250",
            quoted(text)
        )
    })
}

/// Reads positions from one to another.
fn span(text: &str) -> Result<Span> {
    let range = range::<u32>(text)?;
    Ok(Span {
        first: *range.start(),
        last: *range.end(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::amendment::tests::agreement;

    #[test]
    fn conditions_are_read_by_the_agreements_currency_and_clock() {
        let which = Which {
            client: Some(1),
            amount: Some("12.50".into()),
            from: Some("1970-01-01 00:00:01".into()),
            to: Some("1970-01-01T01:00:02+01:00".into()),
            ..Which::default()
        };
        let filter = which.filter(&agreement()).unwrap();
        assert_eq!((filter.client, filter.gross), (Some(1), Some(1_250)));
        assert_eq!((filter.from, filter.before), (Some(1_000), Some(2_000)));
    }

    #[test]
    fn the_ids_of_a_clients_payments_name_their_references() {
        let which = Which {
            client: Some(1),
            payment: vec!["FV-2026-000000042".into()],
            reference: vec![reference("FV-1").unwrap()],
            ..Which::default()
        };
        let filter = which.filter(&agreement()).unwrap();
        let of_id = reference_of(1, "FV-2026-000000042");
        assert_eq!(filter.references.len(), 2);
        assert!(filter.references.contains(&of_id));
    }

    #[test]
    fn all_trades_of_a_day_are_named_by_a_word_only() {
        let error = Which::default()
            .filter(&agreement())
            .unwrap_err()
            .to_string();
        assert!(error.contains("--all"), "{error}");
        let all = Which {
            all: true,
            ..Which::default()
        };
        assert!(all.filter(&agreement()).unwrap().is_open());
        let both = Which {
            all: true,
            client: Some(1),
            ..Which::default()
        };
        assert!(both.filter(&agreement()).is_err());
    }

    #[test]
    fn ranges_are_read_from_their_first_number_to_their_last() {
        assert_eq!(range::<u64>("100-250").unwrap(), 100..=250);
        assert_eq!(range::<u64>("17").unwrap(), 17..=17);
        for text in ["", "-", "250-100", "1-2-3", "a"] {
            let error = range::<u64>(text).unwrap_err().to_string();
            assert!(error.contains("100-250"), "{error}");
        }
        let Span { first, last } = span("3-9").unwrap();
        assert_eq!((first, last), (3, 9));
    }

    #[test]
    fn references_of_a_file_are_read_line_by_line() {
        let references = references_of("\u{feff}FV-1\n\n FV-2 \n").unwrap();
        let expected = ["FV-1", "FV-2"].map(|text| reference(text).unwrap());
        assert_eq!(references, expected);
        let error = format!("{:#}", references_of("FV-1\nFV  2\n").unwrap_err());
        assert!(error.contains("line 2"), "{error}");
        assert!(references_of("\n").is_err());
    }
}
