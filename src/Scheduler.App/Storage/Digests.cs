using System.Security.Cryptography;
using System.Text;

namespace Scheduler.App.Storage;

/// <summary>What is personal, as the audit holds it: whoever has the patient's key can tell whether a value stood there, and without it nobody can.</summary>
internal static class Digests
{
    /// <summary>HMAC-SHA-256 of a value under a key in hexadecimal digits.</summary>
    public static string Of(string key, string value) => Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromHexString(key), Encoding.UTF8.GetBytes(value)));
}
