-- The tables of `orders`.
--
-- Who bought what, and how far the parcel is.

-- A basket that became a promise.
create table orders (
    id          blob    not null,
    number      text    not null,
    customer_id blob    not null,
    status      text    not null,
    shipping    text,
    note        text,
    total       integer not null,
    created_at  integer not null,
    updated_at  integer not null,
    version     integer not null default 1,
    constraint orders_pkey primary key (id),
    constraint orders_number_key unique (number),
    constraint orders_customer_id_fkey foreign key (customer_id) references customers (id) on delete restrict,
    constraint orders_id_check check (length(id) = 16),
    constraint orders_number_check check (length(number) <= 255),
    constraint orders_status_check check (status in ('draft', 'placed', 'paid', 'shipped', 'cancelled')),
    constraint orders_shipping_check check (json_valid(shipping)),
    constraint orders_note_check check (length(note) <= 500),
    constraint orders_total_check check (total between 0 and 999999999999999999)
) strict;

create index orders_status_created_at_idx on orders (status, created_at);

create index orders_created_at_id_idx on orders (created_at, id);

create index orders_total_id_idx on orders (total, id);

create index orders_customer_id_created_at_id_idx on orders (customer_id, created_at, id);

create index orders_customer_id_total_id_idx on orders (customer_id, total, id);

create index orders_customer_id_id_idx on orders (customer_id, id);

-- Some copies of one book within an order.
create table lines (
    id         blob    not null,
    order_id   blob    not null,
    book_id    blob    not null,
    quantity   integer not null,
    unit_price integer not null,
    version    integer not null default 1,
    constraint lines_pkey primary key (id),
    constraint lines_order_id_book_id_key unique (order_id, book_id),
    constraint lines_order_id_fkey foreign key (order_id) references orders (id) on delete cascade,
    constraint lines_book_id_fkey foreign key (book_id) references books (id) on delete restrict,
    constraint lines_id_check check (length(id) = 16),
    constraint lines_quantity_check check (quantity between 1 and 999),
    constraint lines_unit_price_check check (unit_price between 0 and 999999999999999999)
) strict;

create index lines_book_id_idx on lines (book_id);
