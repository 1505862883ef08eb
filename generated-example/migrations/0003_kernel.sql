-- The tables of `kernel`.

-- Tokens that were taken back before their time, by their claim `jti`.
create table revoked_tokens (
    jti        text    not null,
    expires_at integer not null,
    constraint revoked_tokens_pkey primary key (jti),
    constraint revoked_tokens_jti_check check (length(jti) between 1 and 255)
) strict;
