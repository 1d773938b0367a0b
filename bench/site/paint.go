package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// painted waits for the first contentful paint and gives its time in milliseconds.
const painted = `new Promise(done => {
	const seen = performance.getEntriesByName("first-contentful-paint")[0];
	if (seen) { done(seen.startTime); return; }
	new PerformanceObserver(l => { for (const e of l.getEntries()) if (e.name === "first-contentful-paint") done(e.startTime); }).observe({type: "paint", buffered: true});
})`

// paint measures the first contentful paint of the front page on a throttled phone: 1.6
// megabits a second down, 150 ms there and back, a processor four times slower.
func paint(ctx context.Context, t io.Writer, chromium, base string) error {
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true))
	alloc, end := chromedp.NewExecAllocator(ctx, flags...)
	defer end()
	ctx, stop := chromedp.NewContext(alloc)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	slow := &network.Conditions{Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 0.75e6 / 8}
	var list []time.Duration
	for range 5 {
		for _, set := range []func() error{
			command(ctx, network.Enable, network.EnableParams{}),
			command(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}),
			command(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 3, Mobile: true}),
			command(ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4}),
			command(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{slow}}),
			func() error { return chromedp.Do(ctx, chromedp.Navigate(base+"/en/")) },
		} {
			if err := set(); err != nil {
				return err
			}
		}
		at, err := chromedp.Run(ctx, chromedp.Evaluate[float64](painted, chromedp.EvalAwaitPromise))
		if err != nil {
			return err
		}
		list = append(list, time.Duration(at*float64(time.Millisecond)))
	}
	fmt.Fprintf(t, "first contentful paint of the front page, throttled phone\tmedian %.0f ms of 5\n", ms(quantile(list, 50)))
	return nil
}

func command[P, R any](ctx context.Context, c cdp.Command[P, R], params P) func() error {
	return func() error {
		if chromedp.FromContext(ctx) == nil || chromedp.FromContext(ctx).Target == nil {
			if err := chromedp.Do(ctx); err != nil {
				return err
			}
		}
		_, err := chromedp.Call(ctx, c, params)
		return err
	}
}
