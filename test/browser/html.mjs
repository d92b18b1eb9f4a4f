// What a page must be: valid HTML for the Nu checker (started once, on loopback), and the house rules of
// html-validate that the Nu checker does not have.
import { HtmlValidate } from 'html-validate';
import { join } from 'node:path';
import { child_of_run, free_port, root, wait_for } from './server.mjs';
import { at_end } from './runner.mjs';

const house = new HtmlValidate({
	root: true,
	extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
	rules: {
		'require-sri': ['error', { target: 'crossorigin' }],
		'void-style': 'off', // the Nu checker's business, like the next three
		'doctype-style': 'off',
		'no-trailing-whitespace': 'off',
		'attr-quotes': 'off',
		'heading-level': ['error', { minInitialRank: 'h2' }], // what is wrong comes before the page's own heading
		'long-title': 'off', // an item's whole sentence is its page's title
	},
});

let nu;
function nu_checker() {
	nu ??= (async () => {
		const port = await free_port();
		const { child, stop } = child_of_run('nu', 'java', ['-Xmx512m', '-Xss16m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC',
			'-Dnu.validator.servlet.bind-address=127.0.0.1', '-cp', join(root, 'node_modules/vnu-jar/build/dist/vnu.jar'),
			'nu.validator.servlet.Main', String(port)]);
		at_end(stop);
		await wait_for(`http://127.0.0.1:${port}/`, child);
		return `http://127.0.0.1:${port}/?out=json`;
	})();
	return nu;
}

// Starting takes seconds: begin early, use later.
export const warm_up = () => void nu_checker().catch(() => {});

async function nu_messages(html) {
	const answer = await fetch(await nu_checker(), {
		method: 'POST', body: html, headers: { 'Content-Type': 'text/html; charset=utf-8' },
	});
	const { messages } = await answer.json();
	return messages.filter((m) => m.type !== 'info' || m.subType === 'warning')
		.map((m) => `line ${m.lastLine}: ${m.message} (${(m.extract ?? '').replace(/\s+/g, ' ').trim()})`);
}

async function house_messages(html) {
	const report = await house.validateString(html, 'page.html');
	return report.results.flatMap((result) => result.messages)
		.map((m) => `line ${m.line}: ${m.ruleId}: ${m.message}`);
}

// Everything wrong with a page's bytes, as sentences; [] when it is right.
export async function html_faults(html) {
	return [...await nu_messages(html), ...await house_messages(html)];
}
