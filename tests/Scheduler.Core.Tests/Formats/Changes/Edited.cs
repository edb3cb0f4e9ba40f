using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Formats.Changes;

/// <summary>Makes copies of a protocol in each of which one value differs, by walking all its properties.</summary>
internal static class Edited
{
    /// <summary>The copies of a value, each with the path to what differs: types and properties, without places in lists.</summary>
    /// <param name="value">The value.</param>
    /// <param name="protocol">The protocol that it is of: a visit is replaced by another of its visits.</param>
    /// <param name="path">Where the value is.</param>
    public static IEnumerable<(string Path, object? Copy)> Copies(object? value, Protocol protocol, string path) => value switch
    {
        null => [],
        VisitId visit => [(path, protocol.Visits.First(v => v != visit))],
        string text => [(path, text + "x")],
        int number => [(path, number + 1)],
        bool flag => [(path, !flag)],
        Enum one => [(path, Enum.GetValues(one.GetType()).Cast<object>().First(v => !v.Equals(one)))],
        Period period => [(path, (period + Period.FromDays(1)).Normalize())],
        ITuple tuple => Tuple(tuple, protocol, path),
        IList list => List(list, protocol, path),
        _ when value.GetType().Namespace!.StartsWith("Scheduler.Core", StringComparison.Ordinal) => Record(value, protocol, path),
        _ => throw new NotSupportedException($"{path}: {value.GetType()} has no edit here."),
    };

    /// <summary>What an author can write of a type: its properties that hold a value of their own.</summary>
    public static IEnumerable<PropertyInfo> Written(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => Field(p) is not null && p.GetIndexParameters().Length == 0);

    private static IEnumerable<(string, object?)> Record(object value, Protocol protocol, string path)
    {
        var type = value.GetType();
        foreach (var property in Written(type))
        {
            var here = $"{path}/{type.Name}.{property.Name}";
            var old = property.GetValue(value);
            if (old is not null && Nullable(property))
            {
                yield return (here, With(value, property, null));
            }

            if (old is null && Some(System.Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { } some)
            {
                yield return (here, With(value, property, some));
            }

            foreach (var (inner, copy) in Copies(old, protocol, here))
            {
                yield return (inner, With(value, property, copy));
            }
        }
    }

    private static IEnumerable<(string, object?)> List(IList list, Protocol protocol, string path)
    {
        var make = typeof(Edited).GetMethod(nameof(Array), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(list.GetType().GetGenericArguments()[0]);
        object Of(IEnumerable<object?> items) => make.Invoke(null, [items])!;
        var items = list.Cast<object?>().ToList();
        if (items.Count == 0 && Some(list.GetType().GetGenericArguments()[0]) is { } first)
        {
            yield return (path, Of([first]));
        }

        if (!items.Any(i => i is VisitType) && (items.Count > 1 || items.Any(i => i is string || i?.GetType().GetProperty("Id")?.PropertyType == typeof(string))))
        {
            // What has a name may all be left out, but for a visit type, which rules name; of others a list must keep one.
            yield return (path, Of(items.Take(items.Count - 1)));
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var (inner, copy) in Copies(items[i], protocol, path))
            {
                yield return (inner, Of([.. items.Take(i), copy, .. items.Skip(i + 1)]));
            }
        }
    }

    private static IEnumerable<(string, object?)> Tuple(ITuple tuple, Protocol protocol, string path)
    {
        for (var i = 0; i < tuple.Length; i++)
        {
            foreach (var (inner, copy) in Copies(tuple[i], protocol, $"{path}.{i + 1}"))
            {
                var items = Enumerable.Range(0, tuple.Length).Select(n => n == i ? copy : tuple[n]).ToArray();
                yield return (inner, Activator.CreateInstance(tuple.GetType(), items));
            }
        }
    }

    /// <summary>Some value where there is none; null where it takes more than a word or a number.</summary>
    private static object? Some(Type type) => type == typeof(string) ? "x" : type == typeof(int) ? 1 : type.IsEnum ? Enum.GetValues(type).GetValue(0) : null;

    private static ImmutableArray<T> Array<T>(IEnumerable<object?> items) => [.. items.Cast<T>()];

    private static object With(object value, PropertyInfo property, object? to)
    {
        var copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(value, [])!;
        if (property.SetMethod is { } set)
        {
            set.Invoke(copy, [to]);
        }
        else
        {
            Field(property)!.SetValue(copy, to);
        }

        return copy;
    }

    private static FieldInfo? Field(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance);

    private static bool Nullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable
        || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
}
