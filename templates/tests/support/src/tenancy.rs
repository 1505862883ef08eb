//! Tenants in tests: that of the tester, and another one beside it.

use std::sync::{OnceLock, PoisonError};

use kernel::auth::{FindTenant, FoundTenant, Tenancy, TenantSource};
use kernel::db::Connection;
use kernel::types::Uuid;
use serde_json::{Value, json};

use crate::entity::Entity;
use crate::seed::Row;
use crate::service::Service;

/// What the specs say of tenants.
#[derive(Debug)]
pub struct Tenants {
    pub entity: &'static Entity,
    /// The column that requests name them by.
    pub by: &'static str,
    /// The relation to those who have a part in them, where that is asked; table and columns.
    pub members: Option<[&'static str; 3]>,
    pub tenancy: Tenancy,
    /// Method and path of every endpoint that works for a tenant.
    pub endpoints: &'static [(&'static str, &'static str)],
}

const OWN_ID: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_5e1f_0001);

/// The key of the tester's tenant, and how the service under test finds others; one service a test binary.
static KNOWN: OnceLock<(String, FindTenant)> = OnceLock::new();

/// The tester's tenant is there for the service before it is made, so that lists do not show it unasked.
fn find<'c>(connection: &'c mut Connection, key: &'c str, actor: Option<Uuid>) -> FoundTenant<'c> {
    let (own, find) = KNOWN.get().expect("a service that was started");
    if key == own {
        return Box::pin(async { Ok(Some(OWN_ID)) });
    }
    find(connection, key, actor)
}

impl Tenants {
    /// Takes the place of how the service finds tenants.
    pub(crate) fn stand_in(&self) -> Tenancy {
        KNOWN.get_or_init(|| (self.own_key(), self.tenancy.find));
        Tenancy {
            find,
            ..self.tenancy
        }
    }

    fn own_key(&self) -> String {
        if self.by == "id" {
            return OWN_ID.to_string();
        }
        let key = self.entity.column(self.by).kind.sample(900);
        key.as_str().unwrap_or_default().to_owned()
    }

    /// Adds the tester's tenant to the claims of a token, where it stands there.
    pub(crate) fn claim(&self, claims: &mut Value) {
        if let TenantSource::Claim(claim) = self.tenancy.from {
            claims[claim] = json!(self.own_key());
        }
    }

    /// Adds the tester's tenant to the headers of a request, where it stands there; an empty one is none.
    pub(crate) fn name<'h>(&self, headers: &mut Vec<(&'h str, &'h str)>) {
        let TenantSource::Header(header) = self.tenancy.from else {
            return;
        };
        if headers.iter().all(|(name, _)| *name != header) {
            let (own, _) = KNOWN.get().expect("a service that was started");
            headers.push((header, own));
        }
        headers.retain(|named| *named != (header, ""));
    }
}

impl Service {
    pub(crate) fn tenants(&self) -> &'static Tenants {
        &self.identities.callers.tenants
    }

    /// From now on rows are made for a tenant that is there.
    pub(crate) fn into(&self, tenant: &Row) {
        *self.abroad.lock().unwrap_or_else(PoisonError::into_inner) = Some(tenant.id().clone());
    }

    /// From now on rows are made for another tenant than the tester's.
    pub(crate) async fn abroad(&self) -> Row {
        let tenant = self.row(self.tenants().entity, &[]).await;
        self.into(&tenant);
        tenant
    }

    /// From now on rows are made for the tester's tenant.
    pub(crate) fn home(&self) {
        *self.abroad.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The tenant for whom rows are made now, whose own row is there from now on.
    pub(crate) async fn tenant(&self) -> Value {
        let abroad = self
            .abroad
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(tenant) = abroad {
            return tenant;
        }
        let (id, tenants) = (json!(OWN_ID.to_string()), self.tenants());
        if !self.database.has(tenants.entity, &id).await {
            let mut given = vec![("id", id.clone())];
            if tenants.by != "id" {
                given.push((tenants.by, json!(tenants.own_key())));
            }
            self.row(tenants.entity, &given).await;
        }
        id
    }

    /// The headers of the tester, calling for what the key of a tenant is said to be.
    pub(crate) fn calling_for(&self, key: Option<&Value>) -> Vec<(&'static str, String)> {
        let mut claims = self.identities.of_self();
        let mut headers = Vec::new();
        match (self.tenants().tenancy.from, key) {
            (TenantSource::Claim(_), None) => {}
            (TenantSource::Claim(claim), Some(key)) => claims[claim] = key.clone(),
            (TenantSource::Header(header), key) => {
                let text = key.and_then(Value::as_str).unwrap_or_default();
                headers.push((header, text.to_owned()));
            }
        }
        headers.push(("authorization", self.identities.signed(&claims)));
        headers
    }

    /// Gives the tester a part in a tenant, where that is asked.
    pub(crate) async fn take_part(&self, tenant: &Row) {
        let own = self.own_id().await;
        if let Some([table, near, far]) = self.tenants().members {
            let id = crate::kind::uuid();
            let sides = [(near, id, tenant.id()), (far, id, &own)];
            self.database.pair(table, &sides).await;
        }
    }
}
