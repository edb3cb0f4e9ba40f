using System.Collections.Immutable;

namespace Scheduler.Core.Formats.Changes;

/// <summary>What two lists have in common and what not, and how that is told.</summary>
internal static class Compared
{
    /// <summary>The entries of both by id: those of the old list in its order, then the new ones.</summary>
    public static IEnumerable<(string Id, T? Old, T? New)> Pairs<T>(ImmutableArray<T> old, ImmutableArray<T> @new, Func<T, string> id)
        where T : class
    {
        foreach (var one in old)
        {
            yield return (id(one), one, @new.FirstOrDefault(n => id(n) == id(one)));
        }

        foreach (var one in @new.Where(n => !old.Any(o => id(o) == id(n))))
        {
            yield return (id(one), null, one);
        }
    }

    /// <summary>A value that is now another; null where it is not.</summary>
    public static Change? Value(ChangeKind kind, string about, string says, string old, string @new) =>
        old == @new ? null : new(kind, about, $"{says} {@new} instead of {old}.");

    /// <summary>A sentence that came, went or changed; null where it did not.</summary>
    public static Change? Whole(ChangeKind kind, string about, string? old, string? @new) => (old, @new) switch
    {
        _ when old == @new => null,
        (null, _) => new(kind, about, $"New: {@new}"),
        (_, null) => new(kind, about, $"No longer: {old}"),
        _ => new(kind, about, $"Now: {@new} Before: {old}"),
    };

    /// <summary>Entries that came, went or say something else.</summary>
    /// <param name="kind">What they are about.</param>
    /// <param name="what">What one of them is: <c>arm</c>.</param>
    /// <param name="old">The old list.</param>
    /// <param name="new">The new list.</param>
    /// <param name="id">The id of an entry.</param>
    /// <param name="sayOld">What an entry of the old list says.</param>
    /// <param name="sayNew">What an entry of the new list says.</param>
    public static IEnumerable<Change> Told<T>(
        ChangeKind kind, string what, ImmutableArray<T> old, ImmutableArray<T> @new, Func<T, string> id, Func<T, string> sayOld, Func<T, string> sayNew)
        where T : class
    {
        foreach (var (name, before, after) in Pairs(old, @new, id))
        {
            var (then, now) = (before is null ? null : sayOld(before), after is null ? null : sayNew(after));
            if (then == now)
            {
                continue;
            }

            yield return new(kind, name, (then, now) switch
            {
                (null, _) => $"New {what} {name}: {now}",
                (_, null) => $"No more {what} {name}: {then}",
                _ => $"The {what} {name} now says: {now} Before: {then}",
            });
        }
    }
}
