using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>
/// The link by which whoever got a message answers it. It holds the reminder's number and a signature over that, the message's name and the address that it went to (HMAC-SHA256 under a key of the book, cut to 128 bits), so it is the
/// same each time that the message is sent, tells nothing, and cannot be made by anybody else. That it is used once stands in the book.
/// </summary>
internal static class AnswerLink
{
    /// <summary>The part of the page's address that comes before the token.</summary>
    public const string Path = "a/";

    /// <summary>What the key of links is for.</summary>
    private const string Purpose = "answer";

    private const int Signed = 16;

    /// <summary>Makes sure that there is a key to sign with.</summary>
    public static Task MakeKey(BookTransaction book, ISecrets secrets) => book.AddSigningKey(Purpose, secrets.Next() + secrets.Next());

    /// <summary>The link of a reminder; null where there is no key yet.</summary>
    public static async Task<Uri?> Of(BookTransaction book, ReminderRow row, string contact, Uri site) =>
        await book.SigningKey(Purpose) is { } secret ? new(site, Path + Token(secret, row, contact)) : null;

    /// <summary>The reminder whose token it is; null for what nobody here has made, or what went to an address that is not the patient's any more.</summary>
    public static async Task<ReminderRow?> Reminder(BookTransaction book, string token)
    {
        var bytes = new byte[sizeof(long) + Signed];
        return token.Length == Base64Url.GetEncodedLength(bytes.Length) && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length) && length == bytes.Length
            && await book.SigningKey(Purpose) is { } secret && await book.Reminder(BinaryPrimitives.ReadInt64BigEndian(bytes)) is { Patient: { } patient } row
            && await book.Patient(row.Clinic, patient) is { Contact: { } contact }
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Token(secret, row, contact)), Encoding.ASCII.GetBytes(token)) ? row : null;
    }

    private static string Token(string secret, ReminderRow row, string contact)
    {
        var token = new byte[sizeof(long) + Signed];
        BinaryPrimitives.WriteInt64BigEndian(token, row.Key);
        HMACSHA256.HashData(Convert.FromHexString(secret), (byte[])[.. token.AsSpan(0, sizeof(long)), .. Encoding.UTF8.GetBytes($"{row.Message_Id}\n{contact}")]).AsSpan(0, Signed).CopyTo(token.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(token);
    }
}
