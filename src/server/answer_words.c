#include "server/answer_words.h"

#include "web/req.h"

static const struct answer_words table[] = {
	{400, N_("This address or form could not be read"),
	 N_("Something in it is broken: it may have been cut off or changed on the way."),
	 N_("Go back, and try again. If you followed a link, ask for it again.")},
	{401, N_("Please sign in"), N_("This page is for people who are signed in."),
	 N_("Sign in, and you come back here.")},
	{403, N_("This is not open to you"),
	 N_("Your role here does not include it, or the form came from another site."),
	 N_("If you need it, ask an administrator of your organisation.")},
	{404, N_("There is no such page"),
	 N_("The address may be wrong, or what was here has been moved or removed."),
	 N_("Check the address, search, or begin at the first page.")},
	{405, N_("This cannot be done at this address"),
	 N_("A form was sent to a page that takes none, or a form's address was opened by itself."),
	 N_("Go back, and use the form on the page.")},
	{409, N_("Someone else changed this meanwhile"),
	 N_("What you sent was made from an older version, so nothing was saved."),
	 N_("Open the page again, look at what is there now, and make your change once more.")},
	{410, N_("This link no longer works"),
	 N_("It was used, has come to its end, or was taken back."),
	 N_("Ask whoever sent it to you for a new one.")},
	{413, N_("That was too large"), N_("What you sent is larger than this page takes."),
	 N_("Send a smaller file, or split it into parts.")},
	{414, N_("The address is too long"), N_("It is longer than any address of this site."),
	 N_("Begin at the first page.")},
	{415, N_("This kind of data is not taken here"),
	 N_("The page takes forms as a browser sends them."),
	 N_("If you wrote a program, look at its Content-Type.")},
	{422, N_("Something in the form needs a change"),
	 N_("Nothing was saved, because some of it could not be accepted."),
	 N_("Go back, and look at what you entered.")},
	{429, N_("Too many attempts"), N_("This was tried too often in a short time."),
	 N_("Wait a little, and then try again.")},
	{431, N_("Your browser sent too much"),
	 N_("The cookies or other headers are larger than the server takes."),
	 N_("Remove the cookies of this site in your browser, and try again.")},
	{500, N_("Something went wrong here"),
	 N_("It is our mistake, not yours. Nothing was changed."),
	 N_("Try again in a minute. If it happens again, tell us the number below.")},
	{503, N_("The service is not available just now"),
	 N_("It is being started or repaired, or too many people are asking at once."),
	 N_("What you sent was not saved. Wait half a minute, and try again.")},
	{507, N_("Nothing can be saved just now"),
	 N_("The server has no room left, or may not write. Pages can still be read."),
	 N_("What you sent was not saved. Keep a copy, and tell the people who run this service.")},
};

const struct answer_words *answer_words(int status)
{
	const struct answer_words *fallback = table;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (table[i].status == status)
			return &table[i];
		if (table[i].status == 500)
			fallback = &table[i];
	}
	return fallback;
}
