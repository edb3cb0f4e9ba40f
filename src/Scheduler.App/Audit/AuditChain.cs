using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scheduler.App.Audit;

/// <summary>
/// The chain that makes the audit tell when it was changed: each entry's hash covers its fields and the hash before it (SHA-256; each field behind its length, so that no two entries read alike).
/// That entries were cut off its end is seen only by who has kept a head.
/// </summary>
public static class AuditChain
{
    /// <summary>The hash of an entry behind another.</summary>
    public static string Hash(long number, long at, AuditEntry entry, string previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[8];
        foreach (var of in new[] { number, at })
        {
            BinaryPrimitives.WriteInt64BigEndian(size, of);
            hash.AppendData(size);
        }

        foreach (var field in new[] { entry.Clinic, entry.Actor, entry.Act, entry.Subject, entry.Before, entry.After, entry.Why, previous })
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt64BigEndian(size, bytes.Length);
            hash.AppendData(size);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The number of the first entry that is not as it was written, or that stands where another was; null where all are as they were.</summary>
    /// <param name="links">The entries of one clinic in their order.</param>
    /// <param name="head">The number and hash of an entry that somebody has kept; null where nobody has.</param>
    public static long? FirstBroken(IEnumerable<AuditLink> links, (long Number, string Hash)? head = null)
    {
        var (previous, last) = ("", 0L);
        foreach (var link in links)
        {
            if (link.Number != last + 1 || link.Previous != previous || link.Hash != Hash(link.Number, link.At, link.Entry, previous) || (link.Number == head?.Number && link.Hash != head.Value.Hash))
            {
                return last + 1;
            }

            (previous, last) = (link.Hash, link.Number);
        }

        return head?.Number > last ? last + 1 : null;
    }
}
