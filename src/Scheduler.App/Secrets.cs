using System.Security.Cryptography;

namespace Scheduler.App;

/// <summary>Where keys come from that nobody may guess.</summary>
public interface ISecrets
{
    /// <summary>128 new bits, as 32 letters of base 16.</summary>
    string Next();
}

/// <summary>The operating system's.</summary>
public sealed class SystemSecrets : ISecrets
{
    /// <inheritdoc />
    public string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
