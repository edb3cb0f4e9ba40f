using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Web;

/// <summary>A log of lines: when, how bad, who, what. Of an exception it keeps the type and where it arose, but not the message, which may hold what stands in the book; and no scopes, which hold the paths of requests.</summary>
/// <param name="output">Receives the lines.</param>
/// <param name="clock">The time.</param>
public sealed class LineLog(TextWriter output, IClock clock) : ILoggerProvider
{
    /// <summary>A host that cannot start throws why, to whoever starts it; it need not be told twice.</summary>
    private static readonly (string Category, int Event) NotStarted = ("Microsoft.Extensions.Hosting.Internal.Host", 11);

    private readonly Lock turn = new();

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Of(this, categoryName);

    /// <inheritdoc />
    public void Dispose()
    {
        // The writer belongs to whoever made it.
    }

    private void Write(LogLevel level, string category, string message, Exception? thrown)
    {
        lock (turn)
        {
            output.WriteLine($"{InstantPattern.General.Format(clock.GetCurrentInstant())} {level} {category}: {message.ReplaceLineEndings(" ")}");
            for (var at = thrown; at is not null; at = at.InnerException)
            {
                output.WriteLine($"  {at.GetType()}");
                output.WriteLine(at.StackTrace);
            }
        }
    }

    private sealed class Of(LineLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if ((category, eventId.Id) != NotStarted)
            {
                log.Write(logLevel, category, formatter(state, null), exception);
            }
        }
    }
}
