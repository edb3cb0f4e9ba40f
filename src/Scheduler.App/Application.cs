using System.Reflection;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Storage;

namespace Scheduler.App;

/// <summary>The use cases over one book. Everything that is asked goes through here, and so past the gate.</summary>
/// <param name="store">The book, its tables made.</param>
/// <param name="clock">The time.</param>
/// <param name="secrets">Where keys come from that nobody may guess.</param>
/// <param name="zones">What the clocks of the world show.</param>
/// <param name="outgoing">How messages leave this process; null where none does.</param>
public sealed class Application(Store store, IClock clock, ISecrets secrets, IDateTimeZoneProvider zones, Outgoing? outgoing = null)
{
    /// <summary>The one place where handlers are registered: each is found by the request that it handles.</summary>
    private static readonly Dictionary<Type, Type> Handlers = typeof(Application).Assembly.GetTypes()
        .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(i => (Request: i, Handler: t)))
        .ToDictionary(h => h.Request, h => h.Handler);

    private readonly Dictionary<Type, object> parts = Parts(store, clock, secrets, zones, new(), outgoing ?? Outgoing.Nowhere);

    /// <summary>The reminder side of the book, for whatever runs it.</summary>
    public ReminderParts Reminders => (ReminderParts)parts[typeof(ReminderParts)];

    /// <summary>Asks.</summary>
    public Task<Answer<T>> Send<T>(Ask<T> ask, CancellationToken cancel = default)
        where T : class => new Mediator(Find).Send(ask, cancel);

    private static Dictionary<Type, object> Parts(Store store, IClock clock, ISecrets secrets, IDateTimeZoneProvider zones, Library library, Outgoing outgoing) => new()
    {
        [typeof(Store)] = store,
        [typeof(IClock)] = clock,
        [typeof(ISecrets)] = secrets,
        [typeof(IDateTimeZoneProvider)] = zones,
        [typeof(Library)] = library,
        [typeof(ReminderParts)] = ReminderParts.Of(store, library, clock, secrets, outgoing),
    };

    private object Find(Type wanted)
    {
        if (!wanted.IsGenericType || wanted.GetGenericTypeDefinition() != typeof(IEnumerable<>))
        {
            return Handlers.TryGetValue(wanted, out var handler) ? Make(handler) : throw new InvalidOperationException($"Nothing handles {wanted}.");
        }

        var item = wanted.GetGenericArguments()[0];
        var found = item.GetGenericTypeDefinition() == typeof(IPipelineBehavior<,>) ? [Make(typeof(Gate<,>).MakeGenericType(item.GetGenericArguments()))] : Array.Empty<object>();
        var all = Array.CreateInstance(item, found.Length);
        found.CopyTo(all, 0);
        return all;
    }

    private object Make(Type type)
    {
        var made = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return made.Invoke([.. made.GetParameters().Select(p => parts[p.ParameterType])]);
    }
}
