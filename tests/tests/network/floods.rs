//! A member that floods the network while others go about their day.

use anyhow::Result;
use counterfoil_tests::{
    agreement::{fresh_member, make, Wish},
    flood::{leave_nine_tenths, Flooder, Kind, Life},
    world::SharedWorld,
};

/// A bank calls on its agreement, again and again, what fails and is charged for much before it does.
/// A client of another agreement keeps its trades, block by block.
pub async fn a_flood_of_failing_calls_leaves_another_its_trades(world: SharedWorld) -> Result<()> {
    let chain = world.shared().await?.client();
    let third = make(chain, Wish::default()).await?;
    let bank = Some((fresh_member(), String::new()));
    let own = make(
        chain,
        Wish {
            bank,
            ..Wish::default()
        },
    )
    .await?;
    let flooder = Flooder {
        member: own.bank.clone(),
        kind: Kind::Failing(own.id, own.day()),
        life: Life::Short,
    };
    leave_nine_tenths(chain, &third, &[("a party", vec![flooder])]).await
}
