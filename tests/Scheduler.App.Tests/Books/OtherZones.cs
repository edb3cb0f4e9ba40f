using System.Collections.ObjectModel;
using NodaTime;
using NodaTime.TimeZones;

namespace Scheduler.App.Tests.Books;

/// <summary>Time-zone data in which one zone has become like another.</summary>
internal class OtherZones(string zone, string like) : IDateTimeZoneProvider
{
    public string VersionId => "changed";

    public ReadOnlyCollection<string> Ids => DateTimeZoneProviders.Tzdb.Ids;

    public DateTimeZone this[string id] => GetZoneOrNull(id)!;

    public DateTimeZone GetSystemDefault() => throw new NotSupportedException();

    public virtual DateTimeZone? GetZoneOrNull(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id == zone ? like : id);
}

/// <summary>Time-zone data in which the clocks pass over an hour that begins at a time.</summary>
internal sealed class SkippingZone(LocalDateTime at) : OtherZones("", "")
{
    public override DateTimeZone GetZoneOrNull(string id) => new Skips(at);

    private sealed class Skips(LocalDateTime at) : DateTimeZone("Test/Skips", isFixed: false, Offset.FromHours(-5), Offset.FromHours(-4))
    {
        private readonly Instant change = at.WithOffset(Offset.FromHours(-5)).ToInstant();

        public override ZoneInterval GetZoneInterval(Instant instant) => instant < change
            ? new("before", null, change, Offset.FromHours(-5), Offset.Zero)
            : new("after", change, null, Offset.FromHours(-4), Offset.Zero);
    }
}
