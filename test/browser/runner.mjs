// The test runner of the browser and mail tests: sentences, run one after another, counted at the end.
import { performance } from 'node:perf_hooks';

const tests = [];
const after_all = [];

export class Skip extends Error {}

export const test = (sentence, body, seconds = 300) => tests.push({ sentence, body, seconds });
export const at_end = (body) => after_all.push(body);

function time_limit(seconds) {
	let timer;
	const promise = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`does not end within ${seconds} s`)), seconds * 1000);
	});
	return { promise, stop: () => clearTimeout(timer) };
}

async function run_one({ sentence, body, seconds: most }) {
	const start = performance.now();
	const limit = time_limit(most);
	try {
		await Promise.race([body(), limit.promise]);
		const seconds = (performance.now() - start) / 1000;
		if (seconds > 10) console.log(`${sentence} (${seconds.toFixed(0)} s)`);
		return 'passed';
	} catch (error) {
		if (error instanceof Skip) {
			console.log(`${sentence}\n    skipped: ${error.message}`);
			return 'skipped';
		}
		console.log(`${sentence}\n    ${(error.stack ?? String(error)).replaceAll('\n', '\n    ')}`);
		return 'failed';
	} finally {
		limit.stop();
	}
}

// `words` select the tests whose sentence contains one of them. Ends the process.
export async function run(words = []) {
	const count = { passed: 0, failed: 0, skipped: 0 };
	try {
		for (const one of tests)
			if (words.length === 0 || words.some((word) => one.sentence.includes(word)))
				count[await run_one(one)]++;
	} finally {
		for (const body of after_all.reverse()) await body();
	}
	console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
	process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
}
