using System.Reflection;
using MediatR;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>Lets pass who may ask. Roles are read each time, so that what changes of them holds at once.</summary>
public sealed class Gate<TAsk, TAnswer>(Store store) : IPipelineBehavior<TAsk, TAnswer>
    where TAsk : IAsk
    where TAnswer : IAnswer<TAnswer>
{
    private static readonly IReadOnlyList<Role> Allowed = typeof(TAsk).GetCustomAttribute<AllowedAttribute>()?.Roles ?? [];

    /// <inheritdoc />
    public async Task<TAnswer> Handle(TAsk request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        var roles = await store.Read(book => book.RolesOf(request.As, request.Clinic), cancellationToken);
        return Blinding.Counting(roles).Any(Allowed.Contains) ? await next() : TAnswer.Refused(Refusals.NotAllowed(request.As, Allowed));
    }
}
