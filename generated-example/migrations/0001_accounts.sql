-- The tables of `accounts`.
--
-- Who buys.

-- A person who may place orders. Made when a token names one for the first time.
create table customers (
    id         blob    not null,
    subject    text    not null,
    email      text,
    name       text,
    birthday   text,
    newsletter integer not null,
    address    text,
    created_at integer not null,
    updated_at integer not null,
    version    integer not null default 1,
    constraint customers_pkey primary key (id),
    constraint customers_subject_key unique (subject),
    constraint customers_email_key unique (email),
    constraint customers_id_check check (length(id) = 16),
    constraint customers_subject_check check (length(subject) <= 200),
    constraint customers_email_check check (length(email) between 1 and 254),
    constraint customers_name_check check (length(name) between 1 and 120),
    constraint customers_birthday_check check (birthday is date(birthday)),
    constraint customers_newsletter_check check (newsletter in (0, 1)),
    constraint customers_address_check check (json_valid(address))
) strict;

create index customers_created_at_id_idx on customers (created_at, id);

create index customers_name_id_idx on customers (name, id);

create index customers_birthday_id_idx on customers (birthday, id);

-- What a customer shows to others. One per customer.
create table profiles (
    id          blob    not null,
    customer_id blob    not null,
    nickname    text    not null,
    website     text,
    favourites  text    not null,
    created_at  integer not null,
    updated_at  integer not null,
    version     integer not null default 1,
    constraint profiles_pkey primary key (id),
    constraint profiles_customer_id_key unique (customer_id),
    constraint profiles_nickname_key unique (nickname),
    constraint profiles_customer_id_fkey foreign key (customer_id) references customers (id) on delete cascade,
    constraint profiles_id_check check (length(id) = 16),
    constraint profiles_nickname_check check (length(nickname) between 2 and 40),
    constraint profiles_website_check check (length(website) between 1 and 2048),
    constraint profiles_favourites_check check (json_valid(favourites))
) strict;
