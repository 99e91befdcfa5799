//! `agreement create`: an agreement as its file states it.

use super::show;
use crate::{
    commands::{council::administer, Context},
    output::Rendered,
};
use anyhow::{anyhow, bail, Context as _, Result};
use clap::Args;
use counterfoil_client::{
    chain::{call::Call, read::At},
    mapping::ProductValues,
    money::Money,
    text::quoted,
    time::{parse_day, parse_offset, parse_time_of_day},
};
use counterfoil_primitives::{
    AgreementId, BusinessDay, Caps, Conditions, Currency, MemberId, Source, Terms,
};
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The agreement's file.
    #[arg(long)]
    file: PathBuf,
    /// The agreement's number, in place of the one in the file.
    #[arg(long)]
    agreement: Option<AgreementId>,
    /// States that the asset is in the agreement's currency, though its symbol differs.
    #[arg(long)]
    other_symbol: bool,
}

/// What the chain has of an asset.
struct Metadata {
    symbol: String,
    decimals: u8,
}

impl Metadata {
    /// What the chain has of `asset`; `None` if the asset has no metadata.
    async fn of(at: &At, asset: u32) -> Result<Option<Self>> {
        let decimals = at.asset_decimals(asset).await?;
        let symbol = at.asset_symbol(asset).await?;
        let said = symbol.zip(decimals);
        Ok(said.map(|(symbol, decimals)| Self { symbol, decimals }))
    }
}

/// An agreement as its file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    id: Option<AgreementId>,
    bank: MemberId,
    company: MemberId,
    reconciler: MemberId,
    clients: Vec<MemberId>,
    currency: String,
    /// Decimal places of the currency's minor unit; the default is that of ISO 4217.
    decimals: Option<u8>,
    asset: u32,
    first_day: String,
    caps: Caps,
    deadline_minutes: u32,
    max_late_minutes: u32,
    /// Business days after a payment's until which a part of it may be given back.
    refund_days: u16,
    /// Business days after a trade's until which it may be amended.
    #[serde(default = "default_amend_days")]
    amend_days: u16,
    /// Days after a proposal to amend trades until which it can be answered.
    #[serde(default = "default_answer_days")]
    answer_days: u16,
    conditions: ConditionsSpec,
    #[serde(default)]
    products: Vec<ProductValues>,
}

/// A year, so that what an audit finds can still be amended.
fn default_amend_days() -> u16 {
    365
}

/// Ten days, so that staff can answer after holidays.
fn default_answer_days() -> u16 {
    10
}

/// Conditions as a file states them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionsSpec {
    utc_offset: String,
    cut_off: String,
    preset: String,
    #[serde(default)]
    debit_source: Source,
    #[serde(default)]
    credit_source: Source,
}

/// The arguments of the call, in its order.
type Arguments = (
    (MemberId, MemberId, MemberId),
    Vec<MemberId>,
    (Currency, u8),
    u32,
    BusinessDay,
    Caps,
    (u32, u32, u16, u16, u16),
    Conditions,
);

impl Spec {
    /// The currency and its decimals, which are those of ISO 4217: an agreement that counted in other
    /// decimals would read each amount wrongly.
    fn currency(&self) -> Result<(Currency, u8)> {
        let by_iso = Money::of(&self.currency)?.exponent() as u8;
        let decimals = self.decimals.unwrap_or(by_iso);
        if decimals != by_iso {
            bail!(
                "{} has {by_iso} decimals by ISO 4217, and the file says {decimals}. Remedy: leave \
                 `decimals` out, and name an asset of {by_iso} decimals",
                self.currency
            );
        }
        let currency = Currency::try_from(self.currency.as_str())
            .map_err(|_| anyhow!("{:?} is not a currency code", self.currency))?;
        Ok((currency, decimals))
    }

    /// Refuses an asset of another currency. The chain itself compares the decimals alone, so an
    /// agreement in euros would be paid in crowns.
    fn check_asset(&self, metadata: Option<&Metadata>, other_symbol: bool) -> Result<()> {
        let asset = self.asset;
        let (_, decimals) = self.currency()?;
        let Some(Metadata {
            symbol,
            decimals: has,
        }) = metadata
        else {
            bail!(
                "asset {asset} has no symbol and no decimals, so its currency is unknown. Remedy: check that the \
                 number under `asset` is right; a new asset of {} needs its symbol and {decimals} decimals first",
                self.currency
            );
        };
        if *has != decimals {
            bail!(
                "asset {asset}, {}, has {has} decimals, and {} has {decimals} by ISO 4217. Remedy: name the asset of \
                 {} under `asset`",
                quoted(symbol),
                self.currency,
                self.currency
            );
        }
        if !other_symbol && !symbol.trim().eq_ignore_ascii_case(&self.currency) {
            bail!(
                "asset {asset} has the symbol {}, and the agreement is in {}: the company would pay in one what is \
                 counted in the other. Remedy: name the asset of {} under `asset`; if asset {asset} is in {}, \
                 say so by --other-symbol",
                quoted(symbol),
                self.currency,
                self.currency,
                self.currency
            );
        }
        Ok(())
    }

    fn arguments(&self) -> Result<Arguments> {
        let currency = self.currency()?;
        let conditions = Conditions {
            utc_offset: parse_offset(&self.conditions.utc_offset)?,
            cut_off: parse_time_of_day(&self.conditions.cut_off)?,
            preset: parse_time_of_day(&self.conditions.preset)?,
            debit_source: self.conditions.debit_source,
            credit_source: self.conditions.credit_source,
        };
        Ok((
            (self.bank, self.company, self.reconciler),
            self.clients.clone(),
            currency,
            self.asset,
            parse_day(&self.first_day)?,
            self.caps,
            (
                self.deadline_minutes,
                self.max_late_minutes,
                self.refund_days,
                self.amend_days,
                self.answer_days,
            ),
            conditions,
        ))
    }

    /// The calls that make the agreement and its products.
    fn calls(&self, id: AgreementId) -> Result<Vec<Call>> {
        let arguments = self.arguments()?;
        let first_day = arguments.4;
        let mut calls = vec![Call::new("Registry", "create_agreement", &(id, arguments))];
        for product in &self.products {
            let spec = product
                .terms
                .as_ref()
                .with_context(|| format!("product {} has no terms", product.id))?;
            let versions: Vec<(BusinessDay, Terms)> = vec![(first_day, spec.terms()?)];
            calls.push(Call::new(
                "Registry",
                "add_product",
                &(id, product.id, versions),
            ));
        }
        Ok(calls)
    }
}

impl Create {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let spec: Spec = counterfoil_client::mapping::load(&self.file)?;
        let Some(id) = self.agreement.or(spec.id) else {
            bail!("the file names no id; give --agreement");
        };
        let operator = context.operator()?;
        let calls = spec.calls(id)?;
        let chain = context.chain_to_wait_on().await?;
        let at = context.state(&chain).await?;
        let metadata = Metadata::of(&at, spec.asset).await?;
        spec.check_asset(metadata.as_ref(), self.other_symbol)?;
        let call = chain.batch(&calls)?;
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(&context.state(&chain).await?, id).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
id = 7
bank = 3
company = 2
reconciler = 4
clients = [1, 5]
currency = "CZK"
asset = 1
first_day = "2026-11-01"
deadline_minutes = 720
max_late_minutes = 43200
refund_days = 180
amend_days = 200
answer_days = 5
caps = { pages = 64, extras = 4096 }

[conditions]
utc_offset = "+01:00"
cut_off = "00:30"
preset = "01:00"
credit_source = "ledger"

[[products]]
id = 1
terms = { credit = { rate_ppm = 20000 } }
"#;

    #[test]
    fn a_file_states_an_agreement() {
        let spec: Spec = toml::from_str(FILE).unwrap();
        let arguments = spec.arguments().unwrap();
        assert_eq!(arguments.2, (Currency::truncated("CZK"), 2));
        assert_eq!(arguments.6, (720, 43_200, 180, 200, 5));
        assert_eq!(arguments.7.cut_off.0, 30);
        assert_eq!(arguments.7.debit_source, Source::Received);
        assert_eq!(arguments.7.credit_source, Source::Ledger);
        assert_eq!(spec.calls(7).unwrap().len(), 2);
    }

    #[test]
    fn a_file_that_says_nothing_of_amendments_gives_a_year_for_them_and_ten_days_for_answers() {
        let text = FILE.replace("amend_days = 200\nanswer_days = 5\n", "");
        let spec: Spec = toml::from_str(&text).unwrap();
        assert_eq!((spec.amend_days, spec.answer_days), (365, 10));
    }

    fn currency(line: &str) -> Result<(Currency, u8)> {
        let text = FILE.replace("currency = \"CZK\"", line);
        toml::from_str::<Spec>(&text).unwrap().currency()
    }

    #[test]
    fn decimals_follow_from_the_currency() {
        let yen = (Currency::truncated("JPY"), 0);
        assert_eq!(currency("currency = \"JPY\"").unwrap(), yen);
        assert_eq!(currency("currency = \"JPY\"\ndecimals = 0").unwrap(), yen);
        let dinar = currency("currency = \"KWD\"").unwrap();
        assert_eq!(dinar, (Currency::truncated("KWD"), 3));
    }

    #[test]
    fn decimals_that_iso_4217_contradicts_are_refused() {
        let error = currency("currency = \"JPY\"\ndecimals = 2").unwrap_err();
        assert!(error.to_string().contains("asset of 0 decimals"), "{error}");
        assert!(currency("currency = \"CZK\"\ndecimals = 0").is_err());
    }

    #[test]
    fn a_currency_without_a_minor_unit_is_refused() {
        assert!(currency("currency = \"XAU\"").is_err());
    }

    fn asset(line: &str, symbol: &str, decimals: u8, other_symbol: bool) -> Result<()> {
        let text = FILE.replace("currency = \"CZK\"", line);
        let spec: Spec = toml::from_str(&text).unwrap();
        let metadata = Metadata {
            symbol: symbol.into(),
            decimals,
        };
        spec.check_asset(Some(&metadata), other_symbol)
    }

    #[test]
    fn an_asset_of_the_agreements_currency_is_taken() {
        asset("currency = \"CZK\"", "CZK", 2, false).unwrap();
        asset("currency = \"CZK\"", "czk", 2, false).unwrap();
    }

    #[test]
    fn an_asset_of_another_currency_is_refused_until_it_is_said_to_be_right() {
        let error = asset("currency = \"EUR\"", "CZK", 2, false).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("has the symbol \"CZK\", and the agreement is in EUR"),
            "{error}"
        );
        assert!(error.contains("--other-symbol"), "{error}");
        asset("currency = \"EUR\"", "EURX", 2, true).unwrap();
    }

    #[test]
    fn an_asset_of_other_decimals_is_refused_and_nobody_is_told_to_change_them() {
        for other_symbol in [false, true] {
            let error = asset("currency = \"JPY\"", "CZK", 2, other_symbol).unwrap_err();
            let error = error.to_string();
            assert!(error.contains("has 2 decimals, and JPY has 0"), "{error}");
            assert!(error.contains("name the asset of JPY"), "{error}");
        }
    }

    #[test]
    fn an_asset_of_which_nothing_is_known_is_refused() {
        let spec: Spec = toml::from_str(FILE).unwrap();
        let error = spec.check_asset(None, true).unwrap_err().to_string();
        assert!(error.contains("asset 1 has no symbol"), "{error}");
    }

    #[test]
    fn a_product_without_terms_is_refused() {
        let text = FILE.replace("terms = { credit = { rate_ppm = 20000 } }", "");
        let spec: Spec = toml::from_str(&text).unwrap();
        assert!(spec.calls(7).is_err());
    }
}
