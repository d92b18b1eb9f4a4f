// A page of long work follows its progress: asks for its JSON every two seconds while it is looked at, and
// shows the page anew when the state has changed. Without this script the page has a link to look again.
const place = document.querySelector('[data-progress]');
const bar = place.querySelector('progress');
let before;

async function look() {
	if (document.hidden) return;
	const answer = await fetch(place.dataset.progress, { headers: { Accept: 'application/json' } });
	if (!answer.ok) return;
	const { job } = await answer.json();
	before ??= job.state;
	if (job.state !== before || !job.unfinished) location.reload();
	if (bar && job.total) {
		bar.max = job.total;
		bar.value = job.done;
	}
}

setInterval(() => look().catch(() => {}), 2000);
