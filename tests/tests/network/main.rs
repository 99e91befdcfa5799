//! Scenarios on real nodes: what must hold of a whole day, whatever goes wrong in it.
//!
//! All scenarios run at once, on one network of four nodes, each with an agreement of its own. What
//! changes a network has one of its own: its validators, or the seats of its council. At the end of each
//! scenario, what is owed for settlement periods has to be the sum of their days.

mod absent;
mod administration;
mod amendments;
mod answers;
mod breaks;
mod clean;
mod council;
mod doctor;
mod examples;
mod floods;
mod imports;
mod json_rpc;
mod ledgers;
mod money;
mod obligations;
mod polkadot_js;
mod programs;
mod recording;
mod refunds;
mod reports;
mod restore;
mod timing;
mod tutorial;
mod validators;

use counterfoil_tests::suite::{run, Options, Scenario};
use counterfoil_tests::world::World;
use std::process::ExitCode;

macro_rules! scenarios {
    ($($module:ident::$name:ident),* $(,)?) => {
        vec![$(Scenario {
            name: concat!(stringify!($module), "::", stringify!($name)).into(),
            run: Box::new(|world| Box::pin(async move {
                $module::$name(world.clone()).await?;
                world.obligations_add_up().await
            })),
        }),*]
    };
}

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> ExitCode {
    let scenarios: Vec<Scenario<World>> = scenarios![
        clean::a_clean_day_settles,
        clean::a_full_fetch_on_request_changes_nothing,
        breaks::every_kind_of_break_is_found_and_repaired,
        breaks::a_day_without_trades_proves_the_entry_in_the_banks_ledger,
        absent::a_bank_stopped_for_the_whole_day_catches_up,
        absent::a_side_that_never_commits_defaults_at_the_deadline,
        absent::a_side_that_commits_to_nonsense_defaults_at_the_deadline,
        absent::a_bank_that_comes_back_after_the_deadline_is_proven_late,
        reports::a_party_reports_while_the_reconciler_is_down,
        reports::the_parties_stand_in_for_a_reconciler_that_is_down,
        reports::a_lying_report_is_refused_and_the_true_one_accepted,
        answers::bad_answers_are_dropped_and_asked_for_again,
        answers::a_redirect_is_not_followed_and_an_endless_answer_not_read,
        administration::an_agreement_is_changed_from_a_shell,
        administration::a_years_changes_of_offset_are_set_by_the_name_of_a_zone,
        administration::a_member_that_an_agreement_names_stays,
        administration::an_agreements_life_is_led_from_a_shell,
        administration::a_bank_changes_its_account_and_the_change_is_taken_back,
        money::a_company_without_money_pays_when_it_has_some,
        money::a_company_without_a_node_pays_from_a_shell,
        obligations::days_that_come_due_together_are_paid_in_parts_outside_the_chain,
        obligations::a_payment_beyond_a_clients_limit_waits_until_staff_releases_it,
        ledgers::a_wrong_file_is_replaced_before_the_preset_time,
        refunds::a_day_with_refunds_is_reconciled_and_its_rest_is_paid,
        refunds::a_bank_pays_for_a_day_with_more_refunds_than_payments,
        refunds::an_agreement_that_has_ended_gives_back_and_takes_no_payment,
        amendments::a_batch_recorded_a_hundredfold_is_cancelled_and_the_rest_is_paid,
        amendments::what_a_client_could_not_send_is_supplemented_and_recorded_once,
        timing::what_chain_and_ledger_have_a_day_apart_is_a_timing_difference_as_previewed,
        timing::what_is_a_day_apart_from_one_that_defaulted_is_not_compared_as_previewed,
        recording::a_trade_sent_twice_is_recorded_once,
        recording::a_batch_taken_in_part_does_not_come_back,
        recording::records_with_and_without_a_nonce_come_in_any_order,
        recording::what_needs_a_nonce_does_not_come_without_one,
        recording::two_clients_record_side_by_side,
        recording::a_stranger_cannot_enter_the_pool,
        imports::an_import_killed_and_repeated_records_each_payment_once,
        imports::an_import_repeated_without_its_journal_records_nothing_new,
        floods::a_flood_of_failing_calls_leaves_another_its_trades,
        polkadot_js::polkadot_js_records_and_reads_without_custom_types,
        polkadot_js::the_tour_of_the_apps_ui_shows_what_happens,
        programs::the_examples_record_read_and_verify,
        doctor::a_healthy_node_is_in_order_and_an_endpoint_at_another_node_is_a_fault,
        doctor::an_endpoint_that_nobody_reaches_and_a_proposal_that_waits_are_named,
        doctor::a_port_at_which_nothing_listens_is_the_only_fault,
        examples::a_javascript_program_records_gives_back_and_reads,
        examples::a_python_program_records_gives_back_and_reads,
        examples::a_subxt_program_records_gives_back_and_reads,
        tutorial::the_tutorial_leads_from_a_file_to_a_paid_day,
        json_rpc::each_documented_request_is_answered_as_the_document_says,
        json_rpc::a_subscriber_gets_each_final_entry_once,
        council::two_of_three_seats_act_for_the_chain_and_the_third_one_can_do_nothing,
        validators::a_validator_is_replaced_while_a_day_completes,
        restore::a_node_set_up_from_copies_of_keys_and_ledgers_goes_on_with_the_day,
    ];
    let options = Options::read(std::env::args().skip(1));
    let all = scenarios.len();
    run(options, scenarios, World::default(), all, World::close).await
}
