-- The tables of `catalog`.
--
-- What the shop sells.

-- Somebody who wrote a book.
create table authors (
    id         blob    not null,
    name       text    not null,
    born       text,
    created_at integer not null,
    updated_at integer not null,
    version    integer not null default 1,
    constraint authors_pkey primary key (id),
    constraint authors_id_check check (length(id) = 16),
    constraint authors_name_check check (length(name) between 1 and 120),
    constraint authors_born_check check (born is date(born))
) strict;

create index authors_name_id_idx on authors (name, id);

create index authors_born_id_idx on authors (born, id);

create index authors_created_at_id_idx on authors (created_at, id);

-- A shelf of the shop. Shelves stand within shelves.
create table categories (
    id         blob    not null,
    name       text    not null,
    slug       text    not null,
    parent_id  blob,
    position   integer not null,
    created_at integer not null,
    updated_at integer not null,
    version    integer not null default 1,
    constraint categories_pkey primary key (id),
    constraint categories_slug_key unique (slug),
    constraint categories_parent_id_fkey foreign key (parent_id) references categories (id) on delete restrict,
    constraint categories_id_check check (length(id) = 16),
    constraint categories_name_check check (length(name) between 1 and 80),
    constraint categories_slug_check check (length(slug) between 1 and 255),
    constraint categories_position_check check (position between 0 and 9999)
) strict;

create index categories_position_id_idx on categories (position, id);

create index categories_name_id_idx on categories (name, id);

create index categories_parent_id_idx on categories (parent_id);

-- One title on sale.
create table books (
    id          blob    not null,
    isbn        text    not null,
    title       text    not null,
    slug        text    not null,
    author_id   blob    not null,
    category_id blob,
    format      text    not null,
    price       integer not null,
    stock       integer not null,
    published   text,
    size        text,
    blurb       text,
    created_at  integer not null,
    updated_at  integer not null,
    version     integer not null default 1,
    constraint books_pkey primary key (id),
    constraint books_isbn_key unique (isbn),
    constraint books_slug_key unique (slug),
    constraint books_author_id_title_key unique (author_id, title),
    constraint books_author_id_fkey foreign key (author_id) references authors (id) on delete restrict,
    constraint books_category_id_fkey foreign key (category_id) references categories (id) on delete set null,
    constraint books_id_check check (length(id) = 16),
    constraint books_isbn_check check (length(isbn) <= 255),
    constraint books_title_check check (length(title) between 1 and 200),
    constraint books_slug_check check (length(slug) between 1 and 255),
    constraint books_format_check check (format in ('hardcover', 'paperback', 'ebook')),
    constraint books_price_check check (price between 0 and 9999999999),
    constraint books_stock_check check (stock between 0 and 9007199254740991),
    constraint books_published_check check (published is date(published)),
    constraint books_size_check check (json_valid(size)),
    constraint books_blurb_check check (length(blurb) <= 4000),
    constraint books_only_ebooks_are_free_check check (price > 0 or format = 'ebook')
) strict;

create index books_format_created_at_idx on books (format, created_at);

create index books_created_at_id_idx on books (created_at, id);

create index books_price_id_idx on books (price, id);

create index books_title_id_idx on books (title, id);

create index books_published_id_idx on books (published, id);

create index books_category_id_idx on books (category_id);

-- What a reader thinks of a book. One each.
create table reviews (
    id         blob    not null,
    book_id    blob    not null,
    author_id  blob    not null,
    stars      integer not null,
    text       text,
    quotes     text    not null,
    created_at integer not null,
    updated_at integer not null,
    version    integer not null default 1,
    constraint reviews_pkey primary key (id),
    constraint reviews_book_id_author_id_key unique (book_id, author_id),
    constraint reviews_book_id_fkey foreign key (book_id) references books (id) on delete cascade,
    constraint reviews_author_id_fkey foreign key (author_id) references customers (id) on delete cascade,
    constraint reviews_id_check check (length(id) = 16),
    constraint reviews_stars_check check (stars between 1 and 5),
    constraint reviews_text_check check (length(text) <= 2000),
    constraint reviews_quotes_check check (json_valid(quotes))
) strict;

create index reviews_stars_id_idx on reviews (stars, id);

create index reviews_created_at_id_idx on reviews (created_at, id);

create index reviews_author_id_idx on reviews (author_id);

-- A word that books share.
create table tags (
    id         blob    not null,
    name       text    not null,
    created_at integer not null,
    updated_at integer not null,
    version    integer not null default 1,
    constraint tags_pkey primary key (id),
    constraint tags_name_key unique (name),
    constraint tags_id_check check (length(id) = 16),
    constraint tags_name_check check (length(name) between 1 and 40)
) strict;

create table book_tags (
    book_id blob not null,
    tag_id  blob not null,
    constraint book_tags_pkey primary key (book_id, tag_id),
    constraint book_tags_book_id_fkey foreign key (book_id) references books (id) on delete cascade,
    constraint book_tags_tag_id_fkey foreign key (tag_id) references tags (id) on delete cascade
) strict, without rowid;

create index book_tags_tag_id_book_id_idx on book_tags (tag_id, book_id);
