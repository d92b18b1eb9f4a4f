/* Documents that the shipped layouts were not made from: other numbers, headings and tables. */
#include "app/standards/import/support_test.h"

static const char wardens[] =
	"Handbook of Practice for Trail Wardens\n"
	"\n"
	"3 WORKING WITH NEIGHBOURS\n"
	"\n"
	"3.1 Keeping the Peace\n"
	"\n"
	"3.1.1 Settle small quarrels early\n"
	"\n"
	"Rationale\n"
	"\n"
	"A quarrel about a gate is cheaper on the first day than on the tenth.\n"
	"\n"
	"Indicators\n"
	"\n"
	"1) asks both sides before walking the ground\n"
	"2) writes down what was agreed, for instance:\n"
	"- who closes the gate\n"
	"- who pays for the hinge\n"
	"3) comes back within a week\n"
	"\n"
	"Guidance\n"
	"\n"
	"Never settle a quarrel about water alone (see 3.1.2).\n"
	"\n"
	"3.1.2 Know whose land it is\n"
	"\n"
	"Rationale\n"
	"\n"
	"A map is not a neighbour.\n"
	"\n"
	"Indicators\n"
	"\n"
	"1) carries the current map\n"
	"2) asks where the map is silent\n"
	"\n"
	"Guidance: Boundaries move after floods.\n";

static const char wardens_tree[] =
	"introduction: 3 WORKING WITH NEIGHBOURS\n"
	"function: 3.1 Keeping the Peace\n"
	"\tcompetency: 3.1.1 Settle small quarrels early\n"
	"\t\twhy: A quarrel about a gate is cheaper on the first day than on the tenth.\n"
	"\t\tdemonstration: 1 asks both sides before walking the ground\n"
	"\t\tdemonstration: 2 writes down what was agreed, for instance:\n"
	"\t\t\tdetail: who closes the gate\n"
	"\t\t\tdetail: who pays for the hinge\n"
	"\t\tdemonstration: 3 comes back within a week\n"
	"\t\tnote: Never settle a quarrel about water alone (see 3.1.2).\n"
	"\tcompetency: 3.1.2 Know whose land it is\n"
	"\t\twhy: A map is not a neighbour.\n"
	"\t\tdemonstration: 1 carries the current map\n"
	"\t\tdemonstration: 2 asks where the map is silent\n"
	"\t\tnote: Boundaries move after floods.\n";

TEST("layouts: guidelines numbered without letters, with other headings")
{
	struct val *result = read_as(wardens, "guidelines", "en", wardens_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 0);
	CHECK_INT(val_count(val_get(result, "descriptors")), 0);
	CHECK_INT(val_count(val_get(result, "furniture")), 6);
}

static const char hosts[] = "Standards for Library Hosts\n"
			    "\n"
			    "H1 Receiving readers\n"
			    "\n"
			    "H1.1 At the desk\n"
			    "\n"
			    "H1.1.1 Greets each reader\n"
			    "\n"
			    "Why it matters\n"
			    "\n"
			    "The first minute decides whether they come again.\n"
			    "\n"
			    "What it looks like in practice\n"
			    "\n"
			    "i. looks up before the reader speaks\n"
			    "ii. offers help once and not twice\n"
			    "iii. knows the way to every shelf\n"
			    "\n"
			    "Things to keep in mind\n"
			    "\n"
			    "Some readers prefer silence.\n"
			    "\n"
			    "H1.1.2 Lends without judging\n"
			    "\n"
			    "Why it matters\n"
			    "\n"
			    "Nobody should explain a loan.\n"
			    "\n"
			    "What it looks like in practice\n"
			    "\n"
			    "i. lends what is asked for\n"
			    "ii. does not remark on titles\n";

static const char hosts_tree[] = "cluster: H1 Receiving readers\n"
				 "\tfunction: H1.1 At the desk\n"
				 "\t\tcompetency: H1.1.1 Greets each reader\n"
				 "\t\t\twhy: The first minute decides whether they come again.\n"
				 "\t\t\tdemonstration: i looks up before the reader speaks\n"
				 "\t\t\tdemonstration: ii offers help once and not twice\n"
				 "\t\t\tdemonstration: iii knows the way to every shelf\n"
				 "\t\t\tnote: Some readers prefer silence.\n"
				 "\t\tcompetency: H1.1.2 Lends without judging\n"
				 "\t\t\twhy: Nobody should explain a loan.\n"
				 "\t\t\tdemonstration: i lends what is asked for\n"
				 "\t\t\tdemonstration: ii does not remark on titles\n";

TEST("layouts: guidelines demonstrated by small Roman numbers")
{
	struct val *result = read_as(hosts, "guidelines", "en", hosts_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 0);
	CHECK_INT(val_count(val_get(result, "descriptors")), 0);
	CHECK_INT(val_count(val_get(result, "furniture")), 6);
}

static const char leaders[] =
	"Workshop Leader Rubric\n"
	"\n"
	"Area A: Planning\n"
	"\n"
	"Purpose: To arrive ready and able to let the plan go.\n"
	"\n"
	"Criterion\tEmerging\tCapable\tLeading\n"
	"A.1 Plan\tfollows another's plan\twrites a plan\tlets the plan go when needed\n"
	"A.2 Room\tfinds the room\tchecks for steps\tarranges the room with the group\n"
	"\n"
	"Area B: Closing\n"
	"\n"
	"Purpose: To end well.\n"
	"\n"
	"Criterion\tEmerging\tCapable\tLeading\n"
	"B.1 Time\twatches the clock\tsays what is left\tagrees an end with the group\n"
	"B.2 Thanks\tthanks the hosts\tthanks everyone\t\n";

static const char leaders_tree[] = "area: Area A: Planning\n"
				   "\tpurpose: To arrive ready and able to let the plan go.\n"
				   "\tcriterion: A.1 Plan\n"
				   "\tcriterion: A.2 Room\n"
				   "area: Area B: Closing\n"
				   "\tpurpose: To end well.\n"
				   "\tcriterion: B.1 Time\n"
				   "\tcriterion: B.2 Thanks\n";

TEST("layouts: a rubric between tabs, with codes of letters and points")
{
	struct val *result = read_as(leaders, "rubric", "en", leaders_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 3);
	CHECK_INT(val_count(val_get(result, "descriptors")), 11);
	CHECK_INT(val_count(val_get(result, "furniture")), 3);
}

static const char mentors[] =
	"# Mentor growth chart\n"
	"\n"
	"## Listening\n"
	"\n"
	"We want mentors who hear what is not said.\n"
	"\n"
	"| Skill | 1 – Learning | 2 – Doing | 3 – Teaching |\n"
	"|-------|--------------|-----------|--------------|\n"
	"| Silence | waits | waits without fidgeting | shows others how to wait |\n"
	"| Questions | asks closed questions | asks open ones | |\n"
	"| Notes | writes all | writes what matters | |\n"
	"\n"
	"## Leaving\n"
	"\n"
	"| Skill | 1 – Learning | 2 – Doing | 3 – Teaching |\n"
	"|-------|--------------|-----------|--------------|\n"
	"| Ending | says goodbye | plans the goodbye | hands over with grace |\n";

static const char mentors_tree[] = "area: Listening\n"
				   "\tpurpose: We want mentors who hear what is not said.\n"
				   "\tcriterion: Silence\n"
				   "\tcriterion: Questions\n"
				   "\tcriterion: Notes\n"
				   "area: Leaving\n"
				   "\tcriterion: Ending\n";

TEST("layouts: a rubric in Markdown whose levels are numbered")
{
	struct val *result = read_as(mentors, "rubric", "en", mentors_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 3);
	CHECK_INT(val_count(val_get(result, "descriptors")), 10);
	CHECK_INT(val_count(val_get(result, "furniture")), 5);
}

static const char harbour[] =
	"Community Conversation Summary\n"
	"Prepared for: Harbour Partners\n"
	"Location: Town Hall\n"
	"\n"
	"Background\n"
	"\n"
	"Forty people met on a Saturday.\n"
	"\n"
	"Focus Question: What would help newcomers find work here within a year?\n"
	"\n"
	"Themes\n"
	"\n"
	"| Housing first | Rides to work | Knowing people |\n"
	"|---|---|---|\n"
	"| Rooms by the month | An evening bus | Suppers |\n"
	"| A list of landlords | Shared cars | Shop visits |\n"
	"\n"
	"Housing first\n"
	"\n"
	"HOMES BEFORE JOBS\n"
	"\n"
	"No one keeps a job without a bed. The group asks that cottages open in winter.\n"
	"\n"
	"Rides to work\n"
	"\n"
	"Statement: Nobody turns down work for want of a ride.\n"
	"\n"
	"The timetable was written for pupils.\n"
	"\n"
	"Knowing people\n"
	"\n"
	"PEOPLE HIRE WHOM THEY HAVE MET\n"
	"\n"
	"Visits are cheap and few.\n";

static const char harbour_tree[] =
	"overview: Forty people met on a Saturday.\n"
	"prompt: What would help newcomers find work here within a year?\n"
	"theme: Housing first\n"
	"\tidea: Rooms by the month\n"
	"\tidea: A list of landlords\n"
	"\tstatement: HOMES BEFORE JOBS\n"
	"\tnarrative: No one keeps a job without a bed. The group asks that cottages open in "
	"winter.\n"
	"theme: Rides to work\n"
	"\tidea: An evening bus\n"
	"\tidea: Shared cars\n"
	"\tstatement: Nobody turns down work for want of a ride.\n"
	"\tnarrative: The timetable was written for pupils.\n"
	"theme: Knowing people\n"
	"\tidea: Suppers\n"
	"\tidea: Shop visits\n"
	"\tstatement: PEOPLE HIRE WHOM THEY HAVE MET\n"
	"\tnarrative: Visits are cheap and few.\n";

TEST("layouts: a session whose question stands before its themes")
{
	struct val *result = read_as(harbour, "consensus", "en", harbour_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 0);
	CHECK_INT(val_count(val_get(result, "descriptors")), 0);
	CHECK_INT(val_count(val_get(result, "furniture")), 6);
}

static const char workers[] = "What We Heard: Farm Workers' Assembly\n"
			      "\n"
			      "Our Goal: agree on what to ask of the growers\n"
			      "Guiding Question: What must change before next season?\n"
			      "\n"
			      "Key Themes\n"
			      "\n"
			      "1. Fair hours\n"
			      "- A day off each week\n"
			      "- Hours posted on Friday\n"
			      "- Breaks in the shade\n"
			      "\n"
			      "2. Safe rooms\n"
			      "- Doors that lock\n"
			      "- A window in every room\n"
			      "\n"
			      "3. A voice\n"
			      "- One spokesperson per farm\n"
			      "- Meetings in Spanish\n"
			      "\n"
			      "Fair hours\n"
			      "\n"
			      "HOURS ARE A PROMISE\n"
			      "\n"
			      "Posted hours let people plan their lives.\n"
			      "\n"
			      "Safe rooms\n"
			      "\n"
			      "A ROOM IS A HOME\n"
			      "\n"
			      "Workers sleep where they work.\n";

static const char workers_tree[] = "goal: agree on what to ask of the growers\n"
				   "prompt: What must change before next season?\n"
				   "theme: 1 Fair hours\n"
				   "\tidea: A day off each week\n"
				   "\tidea: Hours posted on Friday\n"
				   "\tidea: Breaks in the shade\n"
				   "\tstatement: HOURS ARE A PROMISE\n"
				   "\tnarrative: Posted hours let people plan their lives.\n"
				   "theme: 2 Safe rooms\n"
				   "\tidea: Doors that lock\n"
				   "\tidea: A window in every room\n"
				   "\tstatement: A ROOM IS A HOME\n"
				   "\tnarrative: Workers sleep where they work.\n"
				   "theme: 3 A voice\n"
				   "\tidea: One spokesperson per farm\n"
				   "\tidea: Meetings in Spanish\n";

TEST("layouts: a session whose themes are a numbered list")
{
	struct val *result = read_as(workers, "consensus", "en", workers_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 0);
	CHECK_INT(val_count(val_get(result, "descriptors")), 0);
	CHECK_INT(val_count(val_get(result, "furniture")), 2);
}

static const char trade[] =
	"Words of the Trade\n"
	"\n"
	"Mentoring is a relation in which one person lends another their time.\n"
	"\n"
	"Coaching means helping a person to reach a goal they have set.\n"
	"\n"
	"\"Placement\" refers to a stay at a workplace of at least two weeks.\n"
	"\n"
	"Facets of mentoring\n"
	"\n"
	"There are two facets to mentoring:\n"
	"\n"
	"1. Personal facet\n"
	"- know your strengths\n"
	"- say what you want to leave\n"
	"2. Shared facet\n"
	"- know whom to ask\n"
	"- give back what you were given\n"
	"\n"
	"Roles\n"
	"\n"
	"Lead mentor: plans the programme and answers for it.\n"
	"\n"
	"Mentor: meets a person every second week.\n"
	"\n"
	"Professional Qualifications\n"
	"\n"
	"Certificate in Mentoring: one year part-time or two summers.\n"
	"\n"
	"Recognition of Experience: five years of practice confirmed by peers.\n"
	"\n"
	"The Register\n"
	"\n"
	"Members on the register have:\n"
	"- completed twenty hours of learning\n"
	"- agreed to the code of conduct\n";

static const char trade_tree[] =
	"term: Mentoring = Mentoring is a relation in which one person lends another their time.\n"
	"term: Coaching = Coaching means helping a person to reach a goal they have set.\n"
	"term: \"Placement\" = \"Placement\" refers to a stay at a workplace of at least two "
	"weeks.\n"
	"introduction: Facets of mentoring\n"
	"lead: There are two facets to mentoring:\n"
	"facet: 1 Personal facet\n"
	"\toutcome: know your strengths\n"
	"\toutcome: say what you want to leave\n"
	"facet: 2 Shared facet\n"
	"\toutcome: know whom to ask\n"
	"\toutcome: give back what you were given\n"
	"lead: Roles\n"
	"role: Lead mentor = plans the programme and answers for it.\n"
	"role: Mentor = meets a person every second week.\n"
	"qualification: Certificate in Mentoring = one year part-time or two summers.\n"
	"\troute: one year part-time\n"
	"\troute: two summers\n"
	"qualification: Recognition of Experience = five years of practice confirmed by peers.\n"
	"lead: Members on the register have:\n"
	"condition: completed twenty hours of learning\n"
	"condition: agreed to the code of conduct\n";

TEST("layouts: definitions in the order of another publisher")
{
	struct val *result = read_as(trade, "definitions", "en", trade_tree);
	CHECK_INT(val_count(val_get(result, "levels")), 0);
	CHECK_INT(val_count(val_get(result, "descriptors")), 0);
	CHECK_INT(val_count(val_get(result, "furniture")), 3);
}
