// The manual of the browser tests. A test is a sentence and a walk through the running program:
//
//   import { demo, test, walk } from './lib.mjs';
//
//   test('An editor adds a standard by keyboard, on a phone', async () => {
//           await walk({ site: await demo(), as: 'editor', size: 360, lang: 'fr' }, async (w) => {
//                   await w.go('/standards');
//                   await w.follow('link', 'Write a new standard');
//                   await w.fill('Title', 'Accueil');
//                   await w.press('Create the draft');
//                   await w.see('Accueil');
//                   await w.good();          // WCAG, valid HTML, no sideways scrolling, lang, title, h1
//                   await w.picture('draft');
//           });
//   });
//
// Words of the interface are given in English and looked for in the walk's language. A walk uses the keyboard only: Tab to a thing, see that the focus shows, Enter. When it ends, nothing may
// have been said on the console as an error and nothing asked of another host. It leaves a picture of the
// last page in out/pictures/ when it fails.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { context, launch } from './chromium.mjs';
import { axe_faults_in_both, focus_is_visible, plain_faults } from './faults.mjs';
import { html_faults } from './html.mjs';
import { at_end } from './runner.mjs';
import { root, start } from './server.mjs';
import { say } from './words.mjs';

export { Skip, at_end, run, test } from './runner.mjs';
export { root, shared, start } from './server.mjs';
export { assert };

let started;
// The one browser of the run.
export function browser() {
	started ??= launch();
	return started;
}
at_end(async () => started && (await started).close());

// A demonstration of its own for a test that changes much. `prefix` is the path of its first organisation.
export async function start_demo(name, options = {}) {
	const site = await start(name, options);
	const page = await (await fetch(`${site.base}/`)).text();
	return { ...site, prefix: page.match(/<h2><a href="(\/[\w-]+)\/"/)?.[1] ?? '' };
}

let running;
// The demonstration that most tests share.
export const demo = () => (running ??= start_demo('demo'));

// Fails with every fault of a list on a line of its own.
export function no_faults(faults, what) {
	assert.ok(faults.length === 0, `${what}:\n${faults.join('\n')}`);
}

const pictures = join(root, 'out/pictures');
const begins = (name) => (name instanceof RegExp ? name : new RegExp(`^\\s*${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));

// Run in the page: which of the wanted things has the focus, whether none has it, and how many others lie between the
// focus and the next wanted one (or the end of the page) at which Tab stops for sure: the keys that need no look after each.
const focus_among = (wanted) => {
	const here = document.activeElement;
	const after = (e, other) => (e.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
	const next = wanted.find((e) => after(here, e));
	const stops = document.querySelectorAll('a[href], :is(button, select, textarea, input:not([type=radio], [type=hidden])):enabled');
	const between = [...stops].filter((e) => after(here, e) && (!next || after(e, next)) && e.tabIndex >= 0 &&
		!e.closest('[inert]') && e.checkVisibility({ visibilityProperty: true })).length;
	return { at: wanted.indexOf(here), left: here === document.body, between };
};

export class Walk {
	constructor(page, made, how, outside) {
		Object.assign(this, { page, context: made, how, base: how.site.base, prefix: how.prefix ?? how.site.prefix ?? '', outside, wrong: [] });
		// A page that answers 4xx is an error on Chromium's console too; go() and follow() judge those.
		page.on('console', (said) => said.type() === 'error' && !/status of 4\d\d/.test(said.text()) &&
			this.wrong.push(`console: ${said.text()}`));
		page.on('pageerror', (error) => this.wrong.push(`script: ${error.message}`));
		page.on('response', (answer) => {
			if (answer.request().isNavigationRequest()) this.status = answer.status();
			if (answer.status() >= 500) this.wrong.push(`${answer.status()} ${answer.url()}`);
		});
	}

	async go(path, status = 200) {
		await this.page.goto(this.base + this.prefix + path);
		assert.equal(this.status, status, `${path} answered ${this.status}`);
	}

	// Becomes a demonstration role as its button in the bar does.
	async sign_in(role) {
		const answer = await this.context.request.post(`${this.base}${this.prefix}/demo`, {
			form: { role, back: '/' }, headers: { Origin: this.base }, maxRedirects: 0,
		});
		assert.equal(answer.status(), 303, `sign in as ${role}: ${answer.status()}`);
	}

	named(name) {
		return begins(say(this.how.lang, name));
	}

	// Chooses the interface's language as the switch in the masthead does.
	async speak(lang) {
		const answer = await this.context.request.post(`${this.base}${this.prefix}/language`, {
			form: { language: lang, back: '/' }, headers: { Origin: this.base }, maxRedirects: 0,
		});
		assert.equal(answer.status(), 303, `speak ${lang}: ${answer.status()}`);
	}

	// Moves the focus by Tab until it is on the thing, which must show it. A page that loads itself again meanwhile (a
	// code that changes, a job that goes on) is begun anew.
	async tab_to(role, name) {
		for (let tries = 1; ; tries++)
			try {
				return await this.tab_once(role, name);
			} catch (error) {
				if (tries === 3 || !/Execution context was destroyed/.test(error.message)) throw error;
				await this.page.waitForLoadState();
			}
	}

	async tab_once(role, name) {
		const all = typeof role === 'string' ? this.page.getByRole(role, { name: this.named(name) }) : role;
		// looked for once, since the browser computes names slowly
		const wanted = await all.elementHandles();
		assert.notEqual(wanted.length, 0, `there is no ${role} "${name}" on ${this.page.url()}`);
		// past the last thing the focus leaves the page, once a round; in the second there is a look after each key
		for (let rounds = 0, keys = 0; rounds < 2 && keys < 2000;) {
			const { at, left, between } = await this.page.evaluate(focus_among, wanted);
			if (at >= 0) {
				assert.ok(await focus_is_visible(this.page), `the focus on ${role} "${name}" does not show`);
				return all.nth(at);
			}
			if (left && keys > 0) rounds++;
			const sure = rounds === 0 && !left ? between + 1 : 1;
			await Promise.all(Array.from({ length: sure }, () => this.page.keyboard.press('Tab')));
			keys += sure;
		}
		throw new assert.AssertionError({ message: `the keyboard does not reach ${role} "${name}" on ${this.page.url()}` });
	}

	// Enter on a thing that leads to another page; waits for it.
	async follow(role, name, status = 200) {
		await this.tab_to(role, name);
		const loaded = this.page.waitForEvent('load');
		await this.page.keyboard.press('Enter');
		await loaded;
		assert.equal(this.status, status, `"${name}" led to ${this.page.url()}: ${this.status}`);
	}

	press(name, status) {
		return this.follow('button', name, status);
	}

	async fill(label, text) {
		await this.tab_to(this.page.getByLabel(this.named(label)), label);
		await this.page.keyboard.press('Control+A');
		await this.page.keyboard.press('Delete');
		await this.page.keyboard.insertText(text);
	}

	// Space on a check box, radio button or disclosure.
	async tick(role, name) {
		await this.tab_to(role, name);
		await this.page.keyboard.press('Space');
	}

	// A file cannot be chosen by keys alone (the dialog is the system's): reached by Tab, then set.
	async attach(label, file) {
		const input = await this.tab_to(this.page.getByLabel(this.named(label)), label);
		await input.setInputFiles(file);
	}

	// Types the option's first letters, as one does.
	async choose(label, option) {
		const select = await this.tab_to(this.page.getByLabel(this.named(label)), label);
		// keys for what a keyboard of any country has: Chromium puts other letters elsewhere
		await this.page.keyboard.type(say(this.how.lang, option).match(/^[ -~]*/)[0], { delay: 1 });
		const chosen = await select.evaluate((e) => e.selectedOptions[0]?.label ?? '');
		assert.ok(chosen.startsWith(say(this.how.lang, option)), `"${label}" is at "${chosen}", not "${option}"`);
	}

	async see(...texts) {
		const all = await this.page.innerText('body');
		for (const text of texts.map((one) => say(this.how.lang, one)))
			assert.ok(text instanceof RegExp ? text.test(all) : all.includes(text), `"${text}" is not on ${this.page.url()}:\n${all.slice(0, 1500)}`);
	}

	async see_no(...texts) {
		const all = await this.page.innerText('body');
		for (const text of texts.map((one) => say(this.how.lang, one))) assert.ok(!all.includes(text), `"${text}" is on ${this.page.url()}`);
	}

	async value_of(label) {
		return this.page.getByLabel(this.named(label)).first().inputValue();
	}

	// The page as it stands is accessible in both schemes, valid HTML as served, and fits.
	async good() {
		const faults = await plain_faults(this.page, this.how.lang ?? 'en');
		if (this.how.scripts !== false) faults.push(...await axe_faults_in_both(this.page));
		faults.push(...await html_faults(await this.page.content()));
		no_faults(faults, `faults of ${this.page.url()}`);
	}

	async picture(name) {
		mkdirSync(pictures, { recursive: true });
		const { size = 1280, lang = 'en', scheme = 'light' } = this.how;
		await this.page.screenshot({ path: join(pictures, `${name}-${size}-${scheme}-${lang}.png`), fullPage: true });
	}

	fits() {
		return this.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
	}
}

// how: { site, as (demo role), lang 'en'|'fr', size 360|1280, scheme 'light'|'dark', scripts, prefix,
// keep: false (no picture of a failure) }
export async function walk(how, steps) {
	const outside = [];
	const made = await context(await browser(), { ...how, outside });
	let w;
	try {
		w = new Walk(await made.newPage(), made, how, outside);
		if (how.as) {
			await w.sign_in(how.as);
			await w.speak(how.lang ?? 'en');
		}
		await steps(w);
		assert.ok(w.page.url() === 'about:blank' || await w.fits(), `${w.page.url()} scrolls sideways`);
		no_faults(w.wrong, 'errors of the page');
		no_faults(outside, 'requests to other hosts');
	} catch (error) {
		if (how.keep !== false) await w?.picture(`failed-${Date.now()}`).catch(() => {});
		throw error;
	} finally {
		await made.close();
	}
}

// The same walk in every combination: each({ lang: ['en', 'fr'], size: [360, 1280], scripts: [true, false] }).
export function each(choices) {
	return Object.entries(choices).reduce((all, [key, values]) =>
		all.flatMap((how) => values.map((value) => ({ ...how, [key]: value }))), [{}]);
}
