// One Chromium that can reach this machine only. Debian's package is used; nothing is downloaded. The one without a
// window: the whole browser draws its own frame around each page, and takes twice the processor's time for it.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

// Chromium asks its maker's hosts for this and that by itself: this rule makes every such name
// unknown inside the process. (A --disable-features of our own would drop Playwright's list.)
const only_loopback =
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1], EXCLUDE ::1';

const installed = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

export function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM || installed,
		headless: true,
		args: [only_loopback],
		chromiumSandbox: process.getuid() !== 0,
	});
}

export const sizes = { 360: { width: 360, height: 740 }, 1280: { width: 1280, height: 900 } };
export const locales = { en: 'en-CA', fr: 'fr-CA' };

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);
export const is_outside = (address) => {
	const url = new URL(address);
	return /^(https?|wss?):$/.test(url.protocol) && !loopback.has(url.hostname);
};

// A context with the settings every picture and every test shares. `outside` receives the address
// of each request that would have left the machine, the targets of redirects too. None gets out (only_loopback);
// to hold requests back here as well would turn the browser's cache off, and each page would bring its style again.
export async function context(browser, { size = 1280, scheme = 'light', lang = 'en', scripts = true,
	outside = [], ...more } = {}) {
	const made = await browser.newContext({
		viewport: sizes[size],
		colorScheme: scheme,
		locale: locales[lang],
		javaScriptEnabled: scripts,
		reducedMotion: 'reduce',
		timezoneId: 'America/Toronto',
		serviceWorkers: 'block',
		...more,
	});
	made.on('request', (request) => is_outside(request.url()) && outside.push(request.url()));
	return made;
}
