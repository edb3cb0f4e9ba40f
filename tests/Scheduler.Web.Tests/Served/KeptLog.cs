using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scheduler.Web.Tests.Served;

/// <summary>Keeps all that is logged, with what stands around it: scopes, members and exceptions, as a log elsewhere may write them.</summary>
internal sealed class KeptLog : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Of(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        // There is nothing to close.
    }

    private sealed class Of(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var around = new List<string>();
            log.scopes.ForEachScope((scope, all) => all.Add(scope is IEnumerable<KeyValuePair<string, object?>> members ? string.Join(' ', members) : $"{scope}"), around);
            log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception} {string.Join(' ', around)}");
        }
    }
}
