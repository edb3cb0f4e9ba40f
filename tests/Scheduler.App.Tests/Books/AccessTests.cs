using System.Reflection;
using System.Runtime.CompilerServices;
using Scheduler.App.Access;

namespace Scheduler.App.Tests.Books;

/// <summary>Whatever can be asked says who may ask it, and nobody else may: found by the types, so that what is added later is held to it too.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly SqliteBooks books = new();

    public static TheoryData<Type> Asks => [.. AllAsks];

    public static TheoryData<Type> AsksOfAll => [.. AllAsks.Where(a => a.GetCustomAttribute<AllowedAttribute>()!.Everywhere)];

    private static IEnumerable<Type> AllAsks => typeof(IAsk).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IAsk)));

    public void Dispose() => books.Dispose();

    [Theory]
    [MemberData(nameof(Asks))]
    public void Every_request_names_who_may(Type ask) => Assert.NotEmpty(ask.GetCustomAttribute<AllowedAttribute>()?.Roles ?? []);

    [Theory]
    [MemberData(nameof(Asks))]
    public async Task Nobody_without_a_role_is_answered(Type ask)
    {
        await using var book = await (await books.NewBook()).Begun();

        Assert.Equal("BK002", (await Ask(book, ask, "stranger"))?.Code);
    }

    [Theory]
    [MemberData(nameof(Asks))]
    public async Task Every_other_role_is_refused(Type ask)
    {
        await using var book = await (await books.NewBook()).Begun();
        var others = Enum.GetValues<Role>().Except(ask.GetCustomAttribute<AllowedAttribute>()!.Roles).ToList();
        _ = TestBook.Done(await book.App.Send(new GrantRoles("other", null, others) { As = "root", Clinic = "" }));

        Assert.Equal("BK002", (await Ask(book, ask, "other"))?.Code);
    }

    [Fact]
    public void Backups_concern_all_clinics() =>
        Assert.All(AllAsks.Where(a => a.Namespace == typeof(Backups.BackUp).Namespace), a => Assert.True(a.GetCustomAttribute<AllowedAttribute>()!.Everywhere));

    [Theory]
    [MemberData(nameof(AsksOfAll))]
    public async Task What_concerns_all_clinics_takes_a_role_at_all_of_them(Type ask)
    {
        var allowed = ask.GetCustomAttribute<AllowedAttribute>()!;
        await using var book = await (await books.NewBook()).WithClinic();
        _ = TestBook.Done(await book.App.Send(new GrantRoles("here", null, allowed.Roles) { As = "root", Clinic = TestBook.Clinic }));

        Assert.Equal("BK002", (await Ask(book, ask, "here"))?.Code);
    }

    /// <summary>Asks with nothing but a name: whoever may not ask must be refused before anything is looked at.</summary>
    private static async Task<Refusal?> Ask(TestBook book, Type type, string actor)
    {
        var ask = RuntimeHelpers.GetUninitializedObject(type);
        type.GetProperty(nameof(IAsk.As))!.SetValue(ask, actor);
        type.GetProperty(nameof(IAsk.Clinic))!.SetValue(ask, TestBook.Clinic);
        var answer = type.BaseType!.GetGenericArguments()[0];
        var send = typeof(Application).GetMethod(nameof(Application.Send))!.MakeGenericMethod(answer);
        var sent = (Task)send.Invoke(book.App, [ask, CancellationToken.None])!;
        await sent;
        return (Refusal?)typeof(Answer<>).MakeGenericType(answer).GetProperty("Refusal")!.GetValue(sent.GetType().GetProperty("Result")!.GetValue(sent));
    }
}
