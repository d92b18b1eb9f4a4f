#pragma once
/*
 * Sign-in cards for a class: several a sheet, with cut lines; and a new PIN for one member who keeps
 * the card. For who keeps the list of people, and for who is responsible for the group today
 * (group_staff). Not of one's own child, nor of whom another organisation knows too, nor of anybody
 * who may do here what the reader may not. Codes and PINs are shown once and stored nowhere.
 */
#include "core/feature.h"

/* The QR code of a card: the form with the user name filled in; code and PIN are typed. */
struct val *people_card_qr(struct req *, struct str user_name);

/* people_cards_demo.c */
void people_cards_demo_fill(struct db *, struct arena *, struct err *, int64_t now);

extern const struct feature people_cards_feature;
