#pragma once
/*
 * The REST surface of CASE (1EdTech, CASE 1.1 REST/JSON binding): every GET of it, for 1.1 below
 * /ims/case/v1p1 and for 1.0 below /ims/case/v1p0. Open to everybody and to scripts of other sites;
 * only what is published is there. Errors are imsx_StatusInfo.
 *
 * A large package is written into a file while it is made and answered on the pool (ON_POOL,
 * web/req.h); a small one is kept by the process as any public answer is.
 */
#include "core/feature.h"
#include "web/req.h"

extern const struct feature case_feature;

/* GET …/discovery/imscasev1p1_openapi3_v1p0: the OpenAPI description of what is here. */
int case_discovery(struct req *);
