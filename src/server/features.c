#include "server/features.h"

#include "app/account/account.h"
#include "app/activities/activities.h"
#include "app/activities/conference.h"
#include "app/activities/hold.h"
#include "app/activities/read.h"
#include "app/activities/reflect.h"
#include "app/erasures/erasures.h"
#include "app/jobs/jobs.h"
#include "app/me/me.h"
#include "app/org/org.h"
#include "app/outbox/outbox.h"
#include "app/people/people.h"
#include "app/people/people_cards.h"
#include "app/people/people_consent.h"
#include "app/people/people_guardian.h"
#include "app/people/people_merge.h"
#include "app/standards/case/provide.h"
#include "app/standards/standards.h"
#include "server/move.h"
#include "server/pages.h"
#include "server/watch.h"

const struct feature *const features[] = {
	&server_feature,
	&watch_pages,
	&move_jobs,
	&account_feature,
	&standards_feature,
	&activities_feature,
	&ask_feature,
	&case_feature,
	&me_feature,
	&jobs_feature,
	&outbox_feature,
	&people_feature,
	&people_guardian_feature,
	&people_consent_feature,
	&people_cards_feature,
	&people_merge_feature,
	&org_feature,
	&erasures_feature,
	&hold_feature,
	&conference_feature,
	&read_feature,
	&reflect_feature,
	NULL,
};
