package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestKioskLater: the parts that few visitors need come after the first screen. A
// visitor who wants one that could not be had is told so and can try again; it is
// fetched as soon as it can be, and then stays though the server goes away.
func TestKioskLater(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.book("ho-tich")
	k := h.measured(t)
	k.pardon(cutOff + `|K0-`)
	call(k, network.Enable, network.EnableParams{})
	block := func(patterns ...*network.BlockPattern) {
		call(k, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: patterns})
	}
	block(&network.BlockPattern{URLPattern: "*://*:*/kiosk/arrive.js", Block: true})
	k.do(chromedp.Navigate(h.url + "/kiosk/"))
	k.isOn("home")
	k.press(".scan button", vi("k.booked"))
	k.isOn("error")
	k.sees("h1", vi("k.back.h")) // the line itself holds
	block()
	k.press(".acts button", vi("k.err.again"))
	k.isOn("booked")

	fresh := h.measured(t)
	fresh.pardon(cutOff)
	fresh.do(chromedp.Navigate(h.url + "/kiosk/"))
	fresh.isOn("home")
	fresh.until("the parts to be fetched", `fetched().quiet`, 2*patience)
	at := fresh.aim(".scan button", vi("k.booked"))
	h.kill()
	fresh.pressAt(at)
	fresh.isOn("booked")
}
