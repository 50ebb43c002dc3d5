package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"motcua/server/queue"
)

const (
	redisTimeout  = 5 * time.Second
	redisBatch    = 256  // calls sent in one pipeline at most
	redisQueueLen = 4096 // calls that may wait before new ones are refused
	redisLanes    = 2    // pipelines under way at once: one is answered while the next is written; 1, 4 and 8 measured no better
)

// Redis is the engine on a Redis (or Valkey) server. Waiting calls are sent
// together: the server answers a pipeline after one fsync, so under load the
// calls share it.
type Redis struct {
	client *redis.Client
	name   string
	calls  chan *redisCall
	done   chan struct{}
	lanes  sync.WaitGroup
	once   sync.Once
}

type redisCall struct {
	script *Script
	keys   []string
	arg    string
	reply  chan redisReply
}

type redisReply struct {
	words []string
	err   error
}

// OpenRedis connects to redis://[user:password@]host:port/db. The client never
// repeats a command by itself: a script whose reply was lost may have run, and
// only the request's name makes a second try safe.
func OpenRedis(ctx context.Context, address string) (*Redis, error) {
	redis.SetLogger(quiet{})
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, fmt.Errorf("store address: %w", err)
	}
	o.MaxRetries = -1
	o.Protocol = 2
	o.ReadTimeout, o.WriteTimeout = redisTimeout, redisTimeout
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.DialerRetries = 1 // the lanes try again with the next call; a start says at once what is wrong
	r := &Redis{client: redis.NewClient(o), name: publicName(address),
		calls: make(chan *redisCall, redisQueueLen), done: make(chan struct{})}
	if err := r.client.Ping(ctx).Err(); err != nil {
		r.client.Close()
		return nil, fmt.Errorf("store %s does not answer: %w", r.name, err)
	}
	for range redisLanes {
		r.lanes.Add(1)
		go r.lane()
	}
	return r, nil
}

// quiet keeps the client library's own lines out of the log: what fails comes
// back as an error of the call.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

func publicName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "redis"
	}
	u.User = nil
	return u.String()
}

// Run sends a script and waits for its durable answer.
func (r *Redis) Run(ctx context.Context, s *Script, keys []string, arg string) ([]string, error) {
	call := &redisCall{script: s, keys: keys, arg: arg, reply: make(chan redisReply, 1)}
	select {
	case r.calls <- call:
	case <-r.done:
		return nil, queue.Refuse(queue.StoreDown, "closed")
	case <-ctx.Done():
		return nil, queue.Refuse(queue.StoreDown, "busy")
	}
	select {
	case reply := <-call.reply:
		return reply.words, reply.err
	case <-ctx.Done():
		return nil, queue.Refuse(queue.StoreDown, "no answer in time")
	}
}

func (r *Redis) lane() {
	defer r.lanes.Done()
	batch := make([]*redisCall, 0, redisBatch)
	for {
		select {
		case call := <-r.calls:
			batch = append(batch[:0], call)
		case <-r.done:
			return
		}
		for more := true; more && len(batch) < redisBatch; {
			select {
			case call := <-r.calls:
				batch = append(batch, call)
			default:
				more = false
			}
		}
		r.send(batch)
	}
}

// send runs a batch in one pipeline, loading scripts the server does not know.
func (r *Redis) send(batch []*redisCall) {
	ctx, cancel := context.WithTimeout(context.Background(), redisTimeout)
	defer cancel()
	unknown := r.pipeline(ctx, batch)
	if len(unknown) == 0 {
		return
	}
	// NOSCRIPT means the call did not run, so running it now is safe.
	for _, call := range unknown {
		words, err := evalWords(r.client.Eval(ctx, call.script.Source, call.keys, call.arg))
		call.reply <- redisReply{words, err}
	}
}

func (r *Redis) pipeline(ctx context.Context, batch []*redisCall) (unknown []*redisCall) {
	pipe := r.client.Pipeline()
	commands := make([]*redis.Cmd, len(batch))
	for i, call := range batch {
		commands[i] = pipe.EvalSha(ctx, call.script.SHA, call.keys, call.arg)
	}
	_, _ = pipe.Exec(ctx) // each command carries its own error
	for i, call := range batch {
		if err := commands[i].Err(); err != nil && redis.HasErrorPrefix(err, "NOSCRIPT") {
			unknown = append(unknown, call)
			continue
		}
		words, err := evalWords(commands[i])
		call.reply <- redisReply{words, err}
	}
	return unknown
}

func evalWords(cmd *redis.Cmd) ([]string, error) {
	words, err := cmd.StringSlice()
	return words, redisError(err)
}

// redisError turns what the server or the connection said into a refusal.
func redisError(err error) error {
	switch {
	case err == nil:
		return nil
	case redis.HasErrorPrefix(err, "OOM"), redis.HasErrorPrefix(err, "MISCONF"):
		return queue.Refuse(queue.StoreFull, err.Error())
	case isScriptError(err):
		return fmt.Errorf("script: %w", err)
	}
	return queue.Refuse(queue.StoreDown, err.Error())
}

func isScriptError(err error) bool {
	var e redis.Error
	return errors.As(err, &e) && strings.Contains(err.Error(), "user_script")
}

// Read runs one reading command.
func (r *Redis) Read(ctx context.Context, args ...string) (any, error) {
	words := make([]any, len(args))
	for i, a := range args {
		words[i] = a
	}
	reply, err := r.client.Do(ctx, words...).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return reply, redisError(err)
}

// Ready is nil when the server answers.
func (r *Redis) Ready(ctx context.Context) error { return redisError(r.client.Ping(ctx).Err()) }

// Name is the server's address without its password.
func (r *Redis) Name() string { return r.name }

// Close ends the connections; calls under way get their answers first.
func (r *Redis) Close() error {
	r.once.Do(func() { close(r.done) })
	r.lanes.Wait()
	return r.client.Close()
}

// CheckDurable reads the server's settings and refuses what could lose an
// acknowledged ticket: under "everysec" a power cut loses the last second and
// hands its numbers out again; eviction forgets visits.
func (r *Redis) CheckDurable(ctx context.Context) error {
	want := [][2]string{{"appendonly", "yes"}, {"appendfsync", "always"}, {"maxmemory-policy", "noeviction"}}
	for _, w := range want {
		got, err := r.client.ConfigGet(ctx, w[0]).Result()
		if err != nil {
			return fmt.Errorf("CONFIG GET %s: %w", w[0], err)
		}
		if got[w[0]] != w[1] {
			return fmt.Errorf("%s is %q, must be %q", w[0], got[w[0]], w[1])
		}
	}
	return nil
}

// Put runs one writing command: only for migrate, which moves whole keys.
func (r *Redis) Put(ctx context.Context, args ...any) error {
	return redisError(r.client.Do(ctx, args...).Err())
}

// Eval runs a script with several arguments, by itself: for leases only.
func (r *Redis) Eval(ctx context.Context, s *Script, keys []string, args ...any) ([]string, error) {
	return evalWords(r.client.Eval(ctx, s.Source, keys, args...))
}
