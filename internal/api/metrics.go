package api

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what an operator watches. They name no entry and no author.
type metrics struct {
	registry *prometheus.Registry
	latency  prometheus.Histogram
	entries  prometheus.Counter
	refused  *prometheus.CounterVec
	damage   prometheus.Counter
	witness  *prometheus.CounterVec
}

func newMetrics(a *API) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "truceline_append_seconds", Help: "From the request to the durable receipt.", Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10},
		}),
		entries: prometheus.NewCounter(prometheus.CounterOpts{Name: "truceline_appended_entries_total", Help: "Entries that got a receipt over HTTP."}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "truceline_refused_total", Help: "Requests that were refused, by code."}, []string{"code"}),
		damage:  prometheus.NewCounter(prometheus.CounterOpts{Name: "truceline_damage_total", Help: "Times that what is stored did not fit what was signed, or could not be read."}),
		witness: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "truceline_witness_total", Help: "Answers of witnesses, by witness and outcome."}, []string{"witness", "outcome"}),
	}
	size := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "truceline_record_entries", Help: "Entries in the record."}, func() float64 {
		if r := a.reader.Load(); r != nil {
			return float64(r.Head().Size)
		}
		return 0
	})
	age := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "truceline_cosigned_entries", Help: "Size of the largest cosigned checkpoint."}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		c, err := a.o.Store.Cosigned(ctx, -1)
		if err != nil {
			return 0
		}
		return float64(c.Size)
	})
	waiting := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "truceline_append_waiting", Help: "Appends that wait for the writer."}, func() float64 {
		if w := a.o.Writer(); w != nil {
			return float64(w.Waiting())
		}
		return 0
	})
	writing := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "truceline_writing", Help: "1 while this process writes the record."}, func() float64 {
		if w := a.o.Writer(); w != nil && w.Err() == nil {
			return 1
		}
		return 0
	})
	m.registry.MustRegister(m.latency, m.entries, m.refused, m.damage, m.witness, size, age, waiting, writing)
	return m
}

func (m *metrics) appended(start time.Time, n int) {
	m.latency.Observe(time.Since(start).Seconds())
	m.entries.Add(float64(n))
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 5 * time.Second})
}
