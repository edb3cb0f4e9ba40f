namespace Scheduler.App.Storage.Tables;

/// <summary>The library of protocols.</summary>
internal static class ProtocolTable
{
    /// <summary>A version of a protocol; the active one where none is named. Null where there is none.</summary>
    public static Task<ProtocolVersion?> ProtocolVersion(this BookTransaction book, string protocol, string? version) => book.Row<ProtocolVersion>(
        version is null
            ? "select protocol, version, state, yaml from protocol_version where protocol = @protocol and state = 'active'"
            : "select protocol, version, state, yaml from protocol_version where protocol = @protocol and version = @version",
        new { protocol, version });

    /// <summary>All versions, without their texts.</summary>
    public static Task<List<ProtocolVersion>> ProtocolVersions(this BookTransaction book) =>
        book.Rows<ProtocolVersion>("select protocol, version, state, '' as yaml from protocol_version order by protocol, imported_at, version");

    /// <summary>Keeps a new version, as a draft.</summary>
    public static Task SaveProtocol(this BookTransaction book, string protocol, string version, string yaml, long at, string by) => book.Do(
        "insert into protocol_version (protocol, version, state, yaml, imported_at, imported_by) values (@protocol, @version, 'draft', @yaml, @at, @by)", new { protocol, version, yaml, at, by });

    /// <summary>Makes a version active, and retires the one that was.</summary>
    public static async Task Activate(this BookTransaction book, string protocol, string version)
    {
        await book.Do("update protocol_version set state = 'retired' where protocol = @protocol and state = 'active'", new { protocol });
        await book.Do("update protocol_version set state = 'active' where protocol = @protocol and version = @version", new { protocol, version });
    }
}

/// <summary>A version of a protocol as it is kept.</summary>
/// <param name="Protocol">The id.</param>
/// <param name="Version">The version.</param>
/// <param name="State"><c>draft</c>, <c>active</c> or <c>retired</c>.</param>
/// <param name="Yaml">The text.</param>
internal sealed record ProtocolVersion(string Protocol, string Version, string State, string Yaml);
