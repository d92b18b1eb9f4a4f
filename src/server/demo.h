#pragma once
/* The demonstration: people of every role, one click away. Only with --demo. */
#include "web/req.h"

/* Begins a session as the organisation's first person who holds the shipped role; "visitor" ends
 * the session. False if this is no demonstration, or nobody holds it. */
bool demo_sign_in(struct req *, struct str role);
