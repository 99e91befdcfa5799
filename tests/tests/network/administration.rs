//! How the only seat of a council administers the chain from a shell: what it proposes runs at once.

use anyhow::{ensure, Result};
use counterfoil_primitives::{BusinessDay, Role};
use counterfoil_tests::world::{same, SharedWorld};
use counterfoil_tests::{
    agreement::{fresh_member, make, register, Wish},
    cli::{Output, Shell},
    clock::day_text,
    member::{Member, CLIENT},
    submit::{as_administrator, turn_of_the_administrator},
};
use serde_json::{json, Value};

/// The administrator's shell: its account is that of the genesis client.
fn shell(url: &str) -> Shell {
    Shell::new(url, &Member::genesis(CLIENT))
}

/// Runs a command as administrator, while no other scenario brings calls of the administrator.
async fn administer(shell: &Shell, line: &str) -> Result<Output> {
    let _turn = turn_of_the_administrator().await;
    let words = ["--output", "json"].into_iter().chain(line.split(' '));
    shell.run(words).await
}

async fn changed(shell: &Shell, line: &str) -> Result<Value> {
    let output = administer(shell, line).await?;
    ensure!(output.success, "{line}: {}", output.stderr);
    Ok(serde_json::from_str(&output.stdout)?)
}

async fn refused(shell: &Shell, line: &str, why: &str) -> Result<()> {
    let output = administer(shell, line).await?;
    ensure!(
        !output.success && output.stderr.contains(why),
        "{line} is not refused for {why}: {}{}",
        output.stdout,
        output.stderr
    );
    Ok(())
}

/// Conditions change from a later day on, limits and clients at once; what is not named stays.
pub async fn an_agreement_is_changed_from_a_shell(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        clients: 2,
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let shell = shell(chain.url());
    let place = format!("--agreement {}", agreement.id);
    let later = day_text(BusinessDay(agreement.day().0 + 9));

    let after = changed(
        &shell,
        &format!(
            "agreement set-conditions {place} --from {later} --utc-offset -03:30 \
             --credit-source ledger"
        ),
    )
    .await?;
    let first = after["conditions"][0].clone();
    let mut second = first.clone();
    second["from"] = json!(later);
    second["utc_offset"] = json!("-03:30");
    second["credit_source"] = json!("ledger");
    same(
        "conditions",
        after["conditions"].clone(),
        json!([first, second]),
    )?;

    let begun = day_text(agreement.day());
    let line = format!("agreement set-conditions {place} --from {begun} --preset 23:00");
    refused(&shell, &line, "DayHasBegun").await?;

    let line = format!("agreement set-limits {place} --deadline-minutes 90 --pages 7");
    let mut expected = after.clone();
    expected["deadline_minutes"] = json!(90);
    expected["caps"]["pages"] = json!(7);
    same("limits", changed(&shell, &line).await?, expected.clone())?;
    let line = format!("agreement set-limits {place} --deadline-minutes 0");
    refused(&shell, &line, "InvalidLimits").await?;

    let client = agreement.clients[1].id;
    let line = format!("agreement set-clients {place} --clients {client}");
    expected["clients"] = json!([client]);
    same("clients", changed(&shell, &line).await?, expected)?;

    let stranger = Shell::new(chain.url(), agreement.client());
    let line = format!(
        "agreement set-clients {place} --clients {}",
        agreement.clients[0].id
    );
    refused(&stranger, &line, "has no seat in the council").await
}

/// One command sets all changes of offset of a year by the name of a zone; what is not named stays.
pub async fn a_years_changes_of_offset_are_set_by_the_name_of_a_zone(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let line = format!(
        "agreement set-conditions --agreement {} --from 2040-01-01 --zone Europe/Prague \
         --until 2040-12-31",
        agreement.id
    );
    let after = changed(&shell(chain.url()), &line).await?;
    let first = after["conditions"][0].clone();
    // Clocks change on 25 March and on 28 October: these days begin by the old offset.
    let versions = [
        ("2040-01-01", "+01:00"),
        ("2040-03-26", "+02:00"),
        ("2040-10-29", "+01:00"),
    ];
    let mut expected = vec![first.clone()];
    for (from, offset) in versions {
        let mut version = first.clone();
        version["from"] = json!(from);
        version["utc_offset"] = json!(offset);
        expected.push(version);
    }
    same("conditions", after["conditions"].clone(), json!(expected))
}

/// Another reconciler, the end and another account count from a day that has not begun.
pub async fn an_agreements_life_is_led_from_a_shell(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let shell = shell(chain.url());
    let next = fresh_member();
    as_administrator(chain, vec![register(&next, Role::Reconciler, "")?]).await?;
    let place = format!("--agreement {}", agreement.id);
    let begun = day_text(agreement.day());
    let later = day_text(BusinessDay(agreement.day().0 + 9));

    let line = |from: &str| {
        format!(
            "agreement set-reconciler {place} --from {from} --reconciler {}",
            next.id
        )
    };
    refused(&shell, &line(&begun), "DayHasBegun").await?;
    let after = changed(&shell, &line(&later)).await?;
    let second = json!({ "from": later, "reconciler": next.id });
    same("reconciler", after["reconcilers"][1].clone(), second)?;

    let line = |from: &str| format!("agreement end {place} --from {from}");
    refused(&shell, &line(&begun), "DayHasBegun").await?;
    same("no end", after["last_day"].clone(), Value::Null)?;
    let after = changed(&shell, &line(&later)).await?;
    let last = day_text(BusinessDay(agreement.day().0 + 8));
    same("end", after["last_day"].clone(), json!(last))?;

    let payer = fresh_member().account().to_string();
    let id = next.id;
    let line = |from: &str| format!("member set-account --id {id} --from {from} --account {payer}");
    refused(&shell, &line(&begun), "DayHasBegun").await?;
    let after = changed(&shell, &line(&later)).await?;
    let account = json!({ "from": later, "account": payer });
    same("account", after["accounts_from"][0].clone(), account)
}

/// A bank changes its account by itself; it takes the change back, and so does the council.
pub async fn a_bank_changes_its_account_and_the_change_is_taken_back(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let [member, other] = [fresh_member(), fresh_member()];
    let calls = vec![
        register(&member, Role::Bank, "")?,
        register(&other, Role::Company, "")?,
    ];
    as_administrator(chain, calls).await?;
    let [own, stranger] = [&member, &other].map(|one| Shell::new(chain.url(), one));
    let account = fresh_member().account().to_string();
    let begun = day_text(BusinessDay(20_000));
    let later = day_text(BusinessDay(30_000));

    let line = |from: &str| format!("member change-account --from {from} --account {account}");
    refused(&own, &line(&begun), "NoTimeToObject").await?;
    let after = changed(&own, &line(&later)).await?;
    same(
        "change",
        after["account_change"]["from"].clone(),
        json!(later),
    )?;
    let waiting = json!([{ "from": later, "account": account }]);
    same("accounts", after["accounts_from"].clone(), waiting)?;
    let by_itself = after["accounts_set_by_member"].clone();
    same("set by the member", by_itself, json!([later]))?;
    refused(&own, &line(&later), "AccountChangeOpen").await?;
    refused(&stranger, &line(&later), "have the council set another").await?;

    let named = format!("--from {later} --account {account}");
    let object = format!("member object-account {named}");
    let of_another = format!("{object} --member {}", member.id);
    refused(&stranger, &of_another, "has no seat in the council").await?;
    // Without a terminal nobody confirms what is not named.
    refused(&own, "member object-account", &named).await?;
    let after = changed(&own, &object).await?;
    same("taken back", after["accounts_from"].clone(), json!([]))?;
    refused(&own, &object, "NothingToObjectTo").await?;
    let unnamed = "member object-account";
    refused(
        &own,
        unnamed,
        "no change of account that can be objected to",
    )
    .await?;

    let other = fresh_member().account().to_string();
    let second = format!("member change-account --from {later} --account {other}");
    changed(&own, &second).await?;
    refused(&own, &object, "OtherAccountChange").await?;
    let of_second = of_another.replace(&account, &other);
    let after = changed(&shell(chain.url()), &of_second).await?;
    same("no change", after["account_change"].clone(), Value::Null)
}

/// A member goes when no agreement names it, and not before.
pub async fn a_member_that_an_agreement_names_stays(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let shell = shell(chain.url());
    let free = fresh_member();
    as_administrator(chain, vec![register(&free, Role::Client, "")?]).await?;
    let line = format!("member remove --id {}", free.id);
    let answer = changed(&shell, &line).await?;
    same("removed", answer, json!({ "removed": free.id }))?;
    let line = format!("member show --id {}", free.id);
    refused(&shell, &line, "there is no member").await?;

    let agreement = make(chain, Wish::default()).await?;
    let line = format!("member remove --id {}", agreement.client().id);
    refused(&shell, &line, "MemberIsNamed").await
}
