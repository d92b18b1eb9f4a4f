#pragma once
/*
 * Files that need neither organisation nor database: /static/NAME.HASH.EXT (kept by browsers for
 * ever, since another content has another address), the same without hash (asked for again each
 * time), /favicon.ico and /robots.txt.
 */
struct life;

bool asset_answer(struct life *); /* false: the address is none of these */
