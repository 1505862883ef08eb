// Calls the live bookshop through types that were generated from its openapi.json. Usage: client.ts BASE_URL; AUTHORIZATION is sent along
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./schema";

const base = process.argv[2];
assert(base, "usage: client.ts BASE_URL");
const client = createClient<paths>({
  baseUrl: base,
  headers: { authorization: process.env.AUTHORIZATION ?? "" },
  // The document says `explode: false`: one parameter, its values joined by commas.
  querySerializer: { array: { style: "form", explode: false } },
});
const isbn = `978${String(Date.now()).slice(-10)}`;

const author = await client.POST("/api/v1/authors", { body: { name: "Ursula", born: "1929-10-21" } });
assert.equal(author.response.status, 201, JSON.stringify(author.error));
assert(author.data);

const book = await client.POST("/api/v1/books", {
  body: {
    isbn,
    title: `The Dispossessed ${isbn}`,
    author_id: author.data.data.id,
    format: "paperback",
    price: "9.90",
    size: { width_mm: 110, height_mm: 178, weight_g: 240 },
    tags: ["utopia", "physics"],
  },
});
assert.equal(book.response.status, 201, JSON.stringify(book.error));
assert(book.data);
const slug = book.data.data.slug;

const taken = await client.POST("/api/v1/books", {
  body: { isbn, title: "Again", author_id: author.data.data.id, format: "ebook", price: "1.00" },
});
assert.equal(taken.response.status, 409);
assert.equal(taken.error?.status, 409);

const read = await client.GET("/api/v1/books/{slug}", { params: { path: { slug }, query: { include: ["author", "tags"] } } });
assert.equal(read.response.status, 200, JSON.stringify(read.error));
assert.deepEqual([...(read.data?.data.tags ?? [])].sort(), ["physics", "utopia"]);
assert.equal(read.data?.data.author?.name, "Ursula");

// With rows of others embedded, the version says too little of the answer to be its tag.
assert.equal(read.response.headers.get("etag"), null);

const plain = await client.GET("/api/v1/books/{slug}", { params: { path: { slug } } });
const tag = plain.response.headers.get("etag");
assert(tag);
const changed = await client.PATCH("/api/v1/books/{slug}", {
  params: { path: { slug }, header: { "If-Match": tag } },
  body: { price: "12.00", blurb: null },
});
assert.equal(changed.data?.data.price, "12.00", JSON.stringify(changed.error));
const stale = await client.PATCH("/api/v1/books/{slug}", {
  params: { path: { slug }, header: { "If-Match": tag } },
  body: { price: "13.00" },
});
assert.equal(stale.response.status, 412);

const restocked = await client.POST("/api/v1/books/{slug}/restock", { params: { path: { slug } }, body: { quantity: 5 } });
assert.equal(restocked.data?.data.stock, 5, JSON.stringify(restocked.error));

const listed = await client.GET("/api/v1/books", { params: { query: { tag: "utopia", sort: "-price", limit: 5 } } });
assert(listed.data?.data.some((row) => row.slug === slug));

const gone = await client.DELETE("/api/v1/books/{slug}", { params: { path: { slug } } });
assert.equal(gone.response.status, 204);
console.log("TypeScript client: content");
