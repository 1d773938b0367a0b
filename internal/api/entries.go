package api

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/problem"
	"github.com/truceline/truceline/record"
)

type entryInput struct {
	RawBody []byte `contentType:"application/json" doc:"one canonical signed envelope: {\"entry\":{…},\"signature\":\"…\"} (spec/record.md §2)"`
}

type sheetInput struct {
	RawBody []byte `contentType:"application/x-ndjson" doc:"envelopes, one a line: the signed sheet, then the entries under it in order"`
}

type receiptOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     recorder.Receipt
}

type receiptsOutput struct {
	Status int
	Body   struct {
		Receipts []recorder.Receipt `json:"receipts" doc:"of the sheet, then of its entries"`
	}
}

type nameInput struct {
	Name string `path:"name" maxLength:"64" doc:"a reference, or a position from 1"`
}

type entryOutput struct {
	Body struct {
		Position int64           `json:"position"`
		ID       string          `json:"id"`
		Envelope json.RawMessage `json:"envelope"`
	}
}

type listInput struct {
	From int64  `query:"from" minimum:"1" default:"1" doc:"the first position"`
	N    int    `query:"n" minimum:"1" maximum:"1000" default:"100"`
	Kind string `query:"kind" maxLength:"32"`
	By   string `query:"author" maxLength:"64"`
}

type listOutput struct {
	Link string `header:"Link"`
	Body struct {
		Entries []listed `json:"entries"`
		Applied int64    `json:"applied" doc:"the position up to which the list is complete"`
	}
}

type listed struct {
	Position int64  `json:"position"`
	Ref      string `json:"ref"`
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Author   string `json:"author"`
}

// entryRoutes describes how entries are handed in and read.
func (a *API) entryRoutes() {
	refusals := []int{400, 403, 409, 413, 415, 422, 429, 500, 503, 507}
	huma.Register(a.docs, huma.Operation{
		OperationID: "append-entry", Method: http.MethodPost, Path: "/api/v1/entries", DefaultStatus: http.StatusCreated, MaxBodyBytes: record.MaxLine + 1, Errors: refusals,
		Summary: "Record one signed entry", Description: "Answers when the entry is durable: 201, or 200 when it was recorded before. Sending it again is harmless.", SkipValidateBody: true,
	}, a.appendEntry)
	huma.Register(a.docs, huma.Operation{
		OperationID: "append-sheet", Method: http.MethodPost, Path: "/api/v1/sheets", DefaultStatus: http.StatusCreated, MaxBodyBytes: maxSheetBody, Errors: refusals, BodyReadTimeout: appendTime,
		Summary: "Record a signed sheet and all entries under it, or nothing", SkipValidateBody: true,
	}, a.appendSheet)
	huma.Register(a.docs, huma.Operation{
		OperationID: "list-entries", Method: http.MethodGet, Path: "/api/v1/entries", Errors: []int{422, 500, 503}, Summary: "Entries in order, by kind and author",
	}, a.list)
	huma.Register(a.docs, huma.Operation{
		OperationID: "get-entry", Method: http.MethodGet, Path: "/api/v1/entries/{name}", Errors: []int{404, 500, 503}, Summary: "One entry with its envelope",
	}, a.entry)
}

// writer gives the recorder of this process, or says that it has none.
func (a *API) writer() (*recorder.Recorder, error) {
	if w := a.o.Writer(); w != nil && w.Err() == nil {
		return w, nil
	}
	return nil, recorder.ErrStopped
}

// enter takes a place among the appends that may be on their way.
func (a *API) enter() (leave func(), err error) {
	select {
	case a.room <- struct{}{}:
		return func() { <-a.room }, nil
	default:
		return nil, recorder.ErrBusy
	}
}

func (a *API) appendEntry(ctx context.Context, in *entryInput) (*receiptOutput, error) {
	leave, err := a.enter()
	if err != nil {
		return nil, a.fault(err)
	}
	defer leave()
	start := time.Now()
	w, err := a.writer()
	if err != nil {
		return nil, a.fault(err)
	}
	l, err := record.ReadSubmission("", 1, in.RawBody)
	if err != nil {
		return nil, a.fault(err)
	}
	ctx, cancel := context.WithTimeout(ctx, appendTime)
	defer cancel()
	got, err := w.Append(ctx, l)
	if err != nil {
		return nil, a.fault(err)
	}
	a.metrics.appended(start, 1)
	out := &receiptOutput{Status: http.StatusCreated, Location: "/api/v1/entries/" + string(got.Ref), Body: got}
	if got.Again {
		out.Status = http.StatusOK
	}
	return out, nil
}

func (a *API) appendSheet(ctx context.Context, in *sheetInput) (*receiptsOutput, error) {
	leave, err := a.enter()
	if err != nil {
		return nil, a.fault(err)
	}
	defer leave()
	start := time.Now()
	w, err := a.writer()
	if err != nil {
		return nil, a.fault(err)
	}
	leaves, err := readSheet(in.RawBody)
	if err != nil {
		return nil, a.fault(err)
	}
	ctx, cancel := context.WithTimeout(ctx, appendTime)
	defer cancel()
	got, err := w.AppendSheet(ctx, leaves[0], leaves[1:])
	if err != nil {
		return nil, a.fault(err)
	}
	a.metrics.appended(start, len(got))
	out := &receiptsOutput{Status: http.StatusCreated}
	if got[0].Again {
		out.Status = http.StatusOK
	}
	out.Body.Receipts = got
	return out, nil
}

// readSheet reads the lines of a sheet, or every problem of them.
func readSheet(data []byte) ([]record.Leaf, error) {
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	if len(lines) < 2 || len(lines) > record.MaxSheet+1 {
		return nil, problem.List{{Code: "sheet-count", What: fmt.Sprintf("%d lines came", len(lines)), Mend: fmt.Sprintf("send the sheet and 1 to %d entries, one a line", record.MaxSheet)}}
	}
	var list problem.List
	leaves := make([]record.Leaf, len(lines))
	for i, line := range lines {
		var err error
		leaves[i], err = record.ReadSubmission("", i+1, line)
		list.Take(err)
	}
	return leaves, record.Bounded(list, 200)
}

func (a *API) list(ctx context.Context, in *listInput) (*listOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, err := a.read(ctx)
	if err != nil {
		return nil, a.fault(err)
	}
	// The derived tables lag a little; "applied" tells when they lag more than this.
	if _, err := a.o.Store.Follow(ctx, recorder.Detail, 4096); err != nil {
		return nil, a.fault(err)
	}
	rows, err := a.o.Store.List(ctx, in.From, in.N, in.Kind, in.By)
	if err != nil {
		return nil, a.fault(err)
	}
	out := &listOutput{}
	out.Body.Entries = []listed{}
	for _, l := range rows {
		if l.Position <= r.Head().Size {
			out.Body.Entries = append(out.Body.Entries, listed{l.Position, l.Ref, hex.EncodeToString(l.ID[:]), l.Kind, l.By})
		}
	}
	if out.Body.Applied, err = a.o.Store.Applied(ctx); err != nil {
		return nil, a.fault(err)
	}
	if n := len(out.Body.Entries); n == in.N {
		out.Link = fmt.Sprintf("</api/v1/entries?from=%d&n=%d&kind=%s&author=%s>; rel=\"next\"", out.Body.Entries[n-1].Position+1, in.N, in.Kind, in.By)
	}
	return out, nil
}

func (a *API) entry(ctx context.Context, in *nameInput) (*entryOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	_, position, raw, err := a.at(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	p, err := record.Peek(raw)
	if err != nil {
		return nil, a.fault(err)
	}
	out := &entryOutput{}
	out.Body.Position, out.Body.ID, out.Body.Envelope = position, hex.EncodeToString(p.Identity[:]), raw
	return out, nil
}
