// script/picture: see there for its use.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { context, launch, locales, sizes } from './chromium.mjs';

const { values: options, positionals: urls } = parseArgs({
	allowPositionals: true,
	options: {
		out: { type: 'string', default: 'out/pictures' },
		size: { type: 'string' },
		scheme: { type: 'string' },
		lang: { type: 'string' },
		cookie: { type: 'string', multiple: true, default: [] },
		'no-js': { type: 'boolean', default: false },
		print: { type: 'boolean', default: false },
	},
});
if (urls.length === 0) {
	console.error('script/picture: name at least one address, such as http://127.0.0.1:8080/');
	process.exit(2);
}
mkdirSync(options.out, { recursive: true });

const name_of = (url) => {
	const { pathname, search } = new URL(url);
	const name = (pathname + search).replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
	return name || 'home';
};

async function picture(page, url, { size, scheme, lang }) {
	const answer = await page.goto(url);
	const file = join(options.out, `${name_of(url)}-${size}-${scheme}-${lang}.png`);
	await page.screenshot({ path: file, fullPage: true });
	const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
	console.log(`${file}  ${answer.status()}${sideways ? '  WARNING: scrolls sideways' : ''}`);
}

async function pictures(browser, variant) {
	const outside = [];
	const made = await context(browser, { ...variant, scripts: !options['no-js'], outside });
	for (const cookie of options.cookie) {
		const [name, ...rest] = cookie.split('=');
		await made.addCookies([{ name, value: rest.join('='), url: new URL(urls[0]).origin }]);
	}
	const page = await made.newPage();
	page.on('console', (said) => said.type() === 'error' && console.log(`  WARNING: console: ${said.text()}`));
	page.on('pageerror', (error) => console.log(`  WARNING: script: ${error.message}`));
	if (options.print) await page.emulateMedia({ media: 'print' });
	for (const url of urls) await picture(page, url, variant);
	for (const url of outside) console.log(`  WARNING: asked another host: ${url}`);
	await made.close();
}

const browser = await launch();
try {
	for (const lang of options.lang ? [options.lang] : Object.keys(locales))
		for (const scheme of options.scheme ? [options.scheme] : ['light', 'dark'])
			for (const size of options.size ? [options.size] : Object.keys(sizes))
				await pictures(browser, { size, scheme, lang });
} finally {
	await browser.close();
}
