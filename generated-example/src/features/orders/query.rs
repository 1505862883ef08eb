//! What orders reads in batches: one statement each, whatever the number of rows.

use std::collections::BTreeMap;

use kernel::auth::Reach;
use kernel::contract::Rule;
use kernel::db::{self, Connection, Failure, QueryBuilder};

use crate::features::accounts::{CustomerId, customers_by_id};
use crate::features::orders::model::{Line, OrderId, OrderInclude, OrderView};

/// Who sees lines, here as where they are read for themselves.
const LINE_READERS: &[Rule] = &[
    Rule::Role("support"),
    Rule::When("order.customer == actor.id"),
];

const ORDER_LINES: &str = "\
select t.id, t.order_id, t.book_id, t.quantity, t.unit_price, t.version
from (
    select *, row_number() over (partition by order_id order by id) as place
    from lines
    where true";

/// Adds to orders what the caller asked for.
pub(super) async fn include_in_orders(
    conn: &mut Connection,
    views: &mut [OrderView],
    include: OrderInclude,
    reach: &Reach,
) -> Result<(), Failure> {
    if include.customer {
        let ids: Vec<_> = views.iter().map(|view| view.order.customer_id).collect();
        let found = customers_by_id(conn, &ids, reach).await?;
        for view in views.iter_mut() {
            view.customer = found.get(&view.order.customer_id).cloned();
        }
    }
    if include.lines {
        let ids: Vec<OrderId> = views.iter().map(|view| view.order.id).collect();
        let mut sql = QueryBuilder::new(ORDER_LINES);
        db::within(&mut sql, "order_id", &ids);
        let reach = reach.over(LINE_READERS);
        if !reach.all() {
            sql.push(" and (select r1.customer_id from orders r1 where r1.id = lines.order_id) = ")
                .push_bind(reach.id::<CustomerId>());
        }
        sql.push(") t where t.place <= 100 order by t.id");
        let rows: Vec<Line> = sql.build_query_as().fetch_all(&mut *conn).await?;
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows {
            found.entry(row.order_id).or_default().push(row);
        }
        for view in views.iter_mut() {
            let found = found.remove(&view.order.id);
            view.lines = Some(found.unwrap_or_default());
        }
    }
    Ok(())
}
