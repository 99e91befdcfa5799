//! The files that a client imports between faults: payments, and refunds of some of them.

use counterfoil_primitives::{AgreementId, Amount, BusinessDay, Kind, Reference};
use counterfoil_tests::clock::day_text;
use std::{collections::BTreeMap, fmt::Write, ops::Range};
use uuid::Uuid;

/// Payments of a file.
const PAYMENTS: u64 = 300;
/// Of this number of payments one is given back: of each product some.
const REFUNDED: u64 = 10;
/// What the numbers of refunds lie above those of their payments.
const REFUNDS: u64 = 1 << 32;

/// The mapping of the files.
pub const MAPPING: &str = r#"
payment_id = "id"
reference = "uetr"
user = "user"
original = "original"

[time]
column = "date"
format = "%Y-%m-%d"

[amount]
column = "amount"

[kind]
column = "kind"
payment = ["payment"]
refund = ["refund"]

[product]
column = "product"
"#;

/// The mapping of the files, whose dates are by an offset like `+05:30`: an agreement whose clock changes
/// does not say by itself at which moment of a day.
pub fn mapping_by(offset: &str) -> String {
    MAPPING.replace("[time]\n", &format!("[time]\nzone = \"{offset}\"\n"))
}

/// What the client sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Whether it is a payment or a refund.
    pub kind: Kind,
    /// What was paid or given back, in minor units.
    pub gross: Amount,
    /// Of a refund, the reference of its payment.
    pub original: Option<Reference>,
}

impl Sent {
    /// A payment.
    pub const fn payment(gross: Amount) -> Self {
        Self {
            kind: Kind::Payment,
            gross,
            original: None,
        }
    }

    /// A refund of the payment with this reference.
    pub const fn refund(gross: Amount, original: Reference) -> Self {
        Self {
            kind: Kind::Refund,
            gross,
            original: Some(original),
        }
    }
}

/// A client's file by its number, and what it has the client send. It refunds payments of its own and
/// of the file before, half of each or all of it.
pub fn file(agreement: AgreementId, number: u64) -> (String, BTreeMap<Reference, Sent>) {
    let first = number * PAYMENTS;
    // The first file refunds its own payments; others also what was paid before.
    let refunded = match number {
        0 => first..first + PAYMENTS / 2,
        _ => first - PAYMENTS / 2..first + PAYMENTS / 2,
    };
    let mut file = File::new(agreement);
    file.add_all("2026-01-05", first..first + PAYMENTS, refunded);
    (file.text, file.sent)
}

/// A client's file of two days, and what it has the client send. On the second day payments of both days are
/// given back.
pub fn of_two_days(
    agreement: AgreementId,
    days: [BusinessDay; 2],
) -> (String, BTreeMap<Reference, Sent>) {
    let [first, second] = days.map(day_text);
    let half = PAYMENTS / 2;
    let mut file = File::new(agreement);
    file.add_all(&first, 0..half, 0..half / 2);
    file.add_all(&second, half..PAYMENTS, half / 2..half + half / 2);
    (file.text, file.sent)
}

/// What is paid by a number, in minor units.
fn paid(number: u64) -> Amount {
    100_003 + 7_919 * Amount::from(number)
}

struct File {
    agreement: AgreementId,
    text: String,
    sent: BTreeMap<Reference, Sent>,
}

impl File {
    fn new(agreement: AgreementId) -> Self {
        Self {
            agreement,
            text: "id,uetr,kind,original,user,date,amount,product\n".into(),
            sent: BTreeMap::new(),
        }
    }

    /// Adds payments of a date, and refunds of some of `refunded`: half of each or all of it.
    fn add_all(&mut self, date: &str, payments: Range<u64>, refunded: Range<u64>) {
        for payment in payments {
            self.add(date, payment, Kind::Payment, paid(payment));
        }
        for payment in refunded.filter(|payment| payment % REFUNDED == 7) {
            let all = payment % (2 * REFUNDED) == 7;
            let parts = if all { 1 } else { 2 };
            self.add(date, payment, Kind::Refund, paid(payment) / parts);
        }
    }

    /// Adds a payment by its number, or a refund of that payment.
    fn add(&mut self, date: &str, payment: u64, kind: Kind, gross: Amount) {
        let of_payment = Uuid::from_u64_pair(self.agreement.into(), payment);
        let of_refund = Uuid::from_u64_pair(self.agreement.into(), REFUNDS + payment);
        let uetr = kind.pick(of_payment, of_refund);
        writeln!(
            self.text,
            "{}-{payment},{uetr},{},{},user-{},{date},{}.{:02},{}",
            kind.pick("P", "R"),
            kind.name(),
            match kind {
                Kind::Payment => String::new(),
                Kind::Refund => format!("P-{payment}"),
            },
            payment % 40,
            gross / 100,
            gross % 100,
            payment % 3 + 1
        )
        .expect("a string takes any text");
        let original = Reference(of_payment.into_bytes());
        let sent = kind.pick(Sent::payment(gross), Sent::refund(gross, original));
        self.sent.insert(Reference(uetr.into_bytes()), sent);
    }
}
