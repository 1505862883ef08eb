//! Words that people bring along from other tools, and what they are called here. Edit distance does not find these.

/// What a key of another language is here; `keys` are those of the block.
pub(super) fn key(word: &str, keys: &[&str]) -> Option<String> {
    let folded = word.to_ascii_lowercase().replace('-', "_");
    let (known, advice) = match folded.as_str() {
        "required" | "requird" | "not_null" => (
            "optional",
            "fields are required unless they say `optional: true`",
        ),
        "nullable" | "null" => (
            "optional",
            "write `optional: true`, or `?` after the type in the short form",
        ),
        "maximum" | "max_length" | "maxlength" | "length" | "len" => ("max", "write `max`"),
        "size" | "limit" | "per_page" | "page_size" => {
            ("max", "write `max`, or for pages `default` and `max`")
        }
        "minimum" | "min_length" | "minlength" => ("min", "write `min`"),
        "regex" | "regexp" | "format" | "match" => ("pattern", "write `pattern`"),
        "values" | "choices" | "one_of" | "options" => ("enum", "write `enum: [draft, placed]`"),
        "items" | "array" | "list" | "array_of" => ("list_of", "write `list_of: string`"),
        "references" | "foreign_key" | "fk" | "belongs_to" | "relation" => {
            ("ref", "write `ref: Author`")
        }
        "readonly" | "read_only" | "immutable" => {
            ("write", "write `write: never`, or `write: create`")
        }
        "doc" | "docs" | "comment" | "desc" => ("description", "write `description`"),
        "indexes" | "indices" => ("index", "write `index`"),
        "uniques" | "constraints" => ("unique", "write `unique`"),
        "models" | "tables" | "resources" => ("entities", "write `entities`"),
        "columns" | "attributes" | "properties" => ("fields", "write `fields`"),
        "routes" | "operations" | "actions" | "handlers" => ("endpoints", "write `endpoints`"),
        "imports" | "depends_on" | "requires" => ("uses", "write `uses`"),
        "body" | "request" | "params" => (
            "input",
            "write `input` for the body, `query` for query parameters",
        ),
        "response" | "returns" | "result" => ("output", "write `output`"),
        "auth" | "authorize" | "permission" | "permissions" | "roles" | "allow" => {
            ("access", "write `access: public`")
        }
        "pagination" | "paginate" | "paging" => ("page", "write `page: { default: 20, max: 100 }`"),
        "sortable" | "order" | "order_by" => ("sort", "write `sort: [created_at]`"),
        "filterable" | "where" => ("filter", "write `filter: [status]`"),
        "expand" | "with" | "embed" | "preload" => ("include", "write `include: [author]`"),
        "many_to_many" | "has_many" => ("many", "write `many: { tags: Tag }`"),
        "name" | "project" => ("service", "write `service`"),
        "db" | "engine" => (
            "database",
            "write `database: sqlite`, or `database: postgres`",
        ),
        "code" | "http_status" => ("status", "write `status`"),
        "message" => ("title", "write `title`"),
        _ => return None,
    };
    keys.contains(&known).then(|| advice.to_owned())
}

/// What a type of another language is here.
pub fn type_name(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "str" | "varchar" | "char" | "nvarchar" => "string",
        "integer" | "int32" | "i32" | "u32" | "number" | "smallint" => "int",
        "int64" | "i64" | "u64" | "long" | "bigserial" => "bigint",
        "double" | "f32" | "f64" | "real" => "float",
        "numeric" => "decimal",
        "currency" | "amount" => "money",
        "boolean" => "bool",
        "guid" => "uuid",
        "datetime" | "timestamptz" | "instant" => "timestamp",
        "interval" | "timespan" => "duration",
        "mail" => "email",
        "uri" | "link" => "url",
        "jsonb" | "object" | "any" | "map" => "json",
        "binary" | "blob" | "bytea" | "byte" => "bytes",
        "longtext" | "clob" | "markdown" => "text",
        _ => return None,
    })
}
