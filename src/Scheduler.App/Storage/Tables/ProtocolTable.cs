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

    /// <summary>All versions as they are listed.</summary>
    public static Task<List<ListedProtocolRow>> ListedProtocols(this BookTransaction book) =>
        book.Rows<ListedProtocolRow>("select protocol, version, state, imported_at, imported_by from protocol_version order by protocol, imported_at, version");

    /// <summary>The versions that enrolments are on, one for each enrolment: of a clinic, or of all where it is empty.</summary>
    public static Task<List<VersionInUse>> VersionsInUse(this BookTransaction book, string clinic) =>
        book.Rows<VersionInUse>("select protocol, protocol_version as version from enrolment where @clinic = '' or clinic = @clinic", new { clinic });

    /// <summary>Retires a version.</summary>
    public static Task Retire(this BookTransaction book, string protocol, string version) =>
        book.Do("update protocol_version set state = 'retired' where protocol = @protocol and version = @version", new { protocol, version });

    /// <summary>Makes a version active, and retires the one that was.</summary>
    public static async Task Activate(this BookTransaction book, string protocol, string version)
    {
        await book.LockProtocol(protocol);
        await book.Do("update protocol_version set state = 'retired' where protocol = @protocol and state = 'active'", new { protocol });
        await book.Do("update protocol_version set state = 'active' where protocol = @protocol and version = @version", new { protocol, version });
    }
}

/// <summary>A version of a protocol as it is listed.</summary>
internal sealed record ListedProtocolRow(string Protocol, string Version, string State, long Imported_At, string Imported_By);

/// <summary>A version that an enrolment is on.</summary>
internal sealed record VersionInUse(string Protocol, string Version);

/// <summary>A version of a protocol as it is kept.</summary>
/// <param name="Protocol">The id.</param>
/// <param name="Version">The version.</param>
/// <param name="State"><c>draft</c>, <c>active</c> or <c>retired</c>.</param>
/// <param name="Yaml">The text.</param>
internal sealed record ProtocolVersion(string Protocol, string Version, string State, string Yaml);
