//! What the council decides, and what who issues the asset does.

use super::{
    members::{self, CLIENTS, DRIFTER},
    model::Model,
    operation::{Admin, At, Manner, Settling, Which},
    world::{Outcome, World},
};
use crate::{presets::ASSET, AccountId, Assets, Runtime, RuntimeCall, System};
use counterfoil_primitives::{
    calendar::CalendarDates, settlement::Rail, AgreementId, BusinessDay, CalendarName,
    CalendarNames, Caps, Conditions, MemberId, RefundFee, Role, Rule, Terms, TimeOfDay, UtcOffset,
    WorkingDays,
};
use pallet_registry::{Call, Limits};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring;

/// What is minted at a time: about what a day costs.
const MINTED: u128 = 20_000_000;

impl World {
    /// Has the council carry a decision, or the issuer move funds.
    pub fn administer(&mut self, agreement: AgreementId, admin: Admin) {
        match admin {
            Admin::Mint | Admin::Burn => self.move_funds(agreement, admin),
            Admin::Freeze | Admin::Thaw => self.freeze(agreement, matches!(admin, Admin::Freeze)),
            Admin::Destroy => self.destroy(),
            _ => {
                let call = self.decided(agreement, admin);
                self.carry(call);
            }
        }
    }

    /// The call of a decision.
    pub fn decided(&mut self, agreement: AgreementId, admin: Admin) -> RuntimeCall {
        match admin {
            Admin::Seats { mask, more } => {
                let seats = members(mask);
                let majority = seats.len() as u32 / 2 + 1 + more;
                pallet_council::Call::set_seats { seats, majority }.into()
            }
            Admin::Validators(mask) => pallet_validators::Call::set_validators {
                members: members(mask),
            }
            .into(),
            Admin::EndSession => pallet_validators::Call::end_session {}.into(),
            Admin::NoteStalled { delay, before } => pallet_validators::Call::note_stalled {
                delay,
                best_finalized: System::block_number().saturating_sub(before),
            }
            .into(),
            _ => self.registry_call(agreement, admin).into(),
        }
    }

    fn registry_call(&mut self, agreement: AgreementId, admin: Admin) -> Call<Runtime> {
        let tomorrow = |ahead: u32| BusinessDay(self.today(agreement).0 + ahead);
        match admin {
            Admin::Terms(product, rate_ppm) => Call::set_terms {
                agreement,
                product,
                from: tomorrow(rate_ppm % 4),
                terms: Terms {
                    credit: Rule {
                        rate_ppm,
                        ..Default::default()
                    },
                    refund_fee: if rate_ppm % 2 == 0 {
                        RefundFee::Returned
                    } else {
                        RefundFee::Kept
                    },
                    ..Default::default()
                },
            },
            Admin::Limits {
                pages,
                extras,
                deadline,
                late,
                refund_days,
                amend_days,
                answer_days,
                max_gross,
            } => Call::set_limits {
                agreement,
                limits: Limits {
                    caps: Caps { pages, extras },
                    deadline_minutes: deadline,
                    max_late_minutes: late,
                    refund_days,
                    amend_days,
                    answer_days,
                    max_gross,
                },
            },
            Admin::Clients(mask) => Call::set_clients {
                agreement,
                clients: (0..)
                    .zip(CLIENTS)
                    .filter(|(bit, _)| mask & (1 << bit) != 0)
                    .map(|(_, client)| client)
                    .collect(),
            },
            Admin::Conditions {
                ahead,
                offset,
                settling,
            } => Call::set_conditions {
                agreement,
                from: tomorrow(ahead),
                conditions: conditions(offset, settling),
            },
            Admin::ConditionsByDay {
                ahead,
                offset,
                settling: [first, then],
            } => Call::set_conditions_by_day {
                agreement,
                versions: vec![
                    (tomorrow(ahead), conditions(offset, first)),
                    (tomorrow(ahead + 2), conditions(offset, then)),
                ],
            },
            Admin::Calendar { ahead, closed } => Call::set_calendar {
                name: calendar(),
                weekly: WorkingDays::ALL,
                dates: CalendarDates::truncate_from(
                    (ahead..=ahead + closed)
                        .map(|ahead| (tomorrow(ahead), false))
                        .collect(),
                ),
                filled_until: tomorrow(ahead + closed),
            },
            Admin::RemoveCalendar => Call::remove_calendar { name: calendar() },
            Admin::Calendars { ahead, named } => Call::set_calendars {
                agreement,
                from: tomorrow(ahead),
                calendars: CalendarNames::truncate_from(named.then(calendar).into_iter().collect()),
            },
            Admin::Product(product) => Call::add_product {
                agreement,
                product,
                versions: vec![(BusinessDay(1), Terms::default())],
            },
            Admin::Agreement(id) => Call::create_agreement {
                id,
                spec: members::second_agreement(),
            },
            Admin::Remove(id) => Call::remove_member { id },
            Admin::Register => self.register_drifter(),
            Admin::Replace(id) => {
                let new = members::seeded(2, self.made.len() as u32);
                self.made.push(new.clone());
                Call::replace_operator {
                    id,
                    new: new.public().into(),
                }
            }
            Admin::Account { member, ahead } => Call::set_account {
                member,
                from: tomorrow(ahead),
                account: self.next_account(),
            },
            Admin::Object(member) => self.objection(member, true),
            Admin::Reconciler { member, ahead } => Call::set_reconciler {
                agreement,
                from: tomorrow(ahead),
                reconciler: member,
            },
            Admin::End(ahead) => Call::end_agreement {
                agreement,
                from: tomorrow(ahead),
            },
            Admin::Successor { client, successor } => Call::name_successor {
                agreement,
                client,
                successor,
            },
            Admin::Seats { .. }
            | Admin::Validators(_)
            | Admin::EndSession
            | Admin::NoteStalled { .. }
            | Admin::Mint
            | Admin::Burn
            | Admin::Freeze
            | Admin::Thaw
            | Admin::Destroy => unreachable!("no call of the registry"),
        }
    }

    /// A member that no agreement names comes with its key, for the first time or again.
    fn register_drifter(&self) -> Call<Runtime> {
        let key = self.keys[&DRIFTER].public();
        Call::register_member {
            id: DRIFTER,
            role: Role::Client,
            name: "Drifter".try_into().expect("it is short"),
            account: AccountId::from(key),
            operator: key.into(),
            endpoint: Default::default(),
        }
    }

    /// An account that nobody pays from yet.
    pub fn next_account(&mut self) -> AccountId {
        self.accounts += 1;
        let account = AccountId::from(members::seeded(3, self.accounts).public());
        self.model.follow(account.clone());
        account
    }

    fn move_funds(&mut self, agreement: AgreementId, admin: Admin) {
        let day = self.day(At {
            agreement,
            day: Which::Current,
        });
        let debtor = self.model.debtor_account(agreement, day);
        // Of a frozen account nothing is taken.
        let balance = match self.model.is_frozen(&debtor) {
            true => 0,
            false => Assets::balance(ASSET, &debtor),
        };
        let (call, by) = match admin {
            Admin::Burn => {
                let call = pallet_assets::Call::<Runtime>::burn {
                    id: ASSET,
                    who: debtor.clone().into(),
                    amount: balance,
                };
                (call, (0, balance))
            }
            _ => {
                let call = pallet_assets::Call::<Runtime>::mint {
                    id: ASSET,
                    beneficiary: debtor.clone().into(),
                    amount: MINTED,
                };
                (call, (MINTED, 0))
            }
        };
        let (minted, burnt) = by;
        let lives = self.model.has_asset();
        if lives {
            self.model.expect_funds(&debtor, minted, burnt);
        }
        let outcome = self.as_issuer(call.into());
        assert!(balance == 0 || outcome == Outcome::Done, "{outcome:?}");
        assert!(lives || outcome != Outcome::Done, "{outcome:?}");
    }

    /// Freezes the account that the debtor of the current day pays from, or thaws it.
    fn freeze(&mut self, agreement: AgreementId, is_frozen: bool) {
        let day = self.day(At {
            agreement,
            day: Which::Current,
        });
        let debtor = self.model.debtor_account(agreement, day);
        let who = debtor.clone().into();
        let call = if is_frozen {
            pallet_assets::Call::<Runtime>::freeze { id: ASSET, who }
        } else {
            pallet_assets::Call::<Runtime>::thaw { id: ASSET, who }
        };
        // An account that holds nothing is none of the asset's.
        let is_there = Assets::balance(ASSET, &debtor) > 0;
        if is_there {
            self.model.expect_frozen(&debtor, is_frozen);
        }
        let outcome = self.as_issuer(call.into());
        assert_eq!(outcome == Outcome::Done, is_there, "{outcome:?}");
    }

    /// Destroys the asset, step by step. What is gone cannot be destroyed again.
    fn destroy(&mut self) {
        type Call = pallet_assets::Call<Runtime>;
        let id = ASSET;
        if !self.model.has_asset() {
            let outcome = self.as_issuer(Call::start_destroy { id }.into());
            assert_ne!(outcome, Outcome::Done);
            return;
        }
        let mut step = |expect: fn(&mut Model), call: Call| {
            expect(&mut self.model);
            assert_eq!(self.as_issuer(call.into()), Outcome::Done);
        };
        step(Model::expect_death, Call::start_destroy { id });
        step(Model::expect_no_funds, Call::destroy_accounts { id });
        step(|_| (), Call::destroy_approvals { id });
        step(Model::expect_no_asset, Call::finish_destroy { id });
    }

    fn as_issuer(&mut self, call: RuntimeCall) -> Outcome {
        let transaction = self.signed_by(
            &Sr25519Keyring::Alice.pair(),
            Manner::HONEST.ordered(),
            call,
        );
        self.submit(transaction)
    }
}

/// Conditions with this offset, in minutes, and this way of settling.
fn conditions(offset: i16, settling: Settling) -> Conditions {
    Conditions {
        period: settling.period,
        rail: if settling.outside {
            Rail::External
        } else {
            Rail::Asset(ASSET)
        },
        client_limits: settling.limits,
        utc_offset: UtcOffset(offset),
        cut_off: TimeOfDay(offset.unsigned_abs() % 600),
        preset: TimeOfDay(600 + offset.unsigned_abs() % 600),
        ..Default::default()
    }
}

/// The name of the only calendar.
fn calendar() -> CalendarName {
    CalendarName::truncated("CZ")
}

/// The members of the bits of a mask, ascending.
fn members(mask: u8) -> Vec<MemberId> {
    (0..8)
        .filter(|bit| mask & (1 << bit) != 0)
        .map(|bit| bit + 1)
        .collect()
}
