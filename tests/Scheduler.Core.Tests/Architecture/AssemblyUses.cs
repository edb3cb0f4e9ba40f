using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Scheduler.Core.Tests.Architecture;

/// <summary>
/// Reads which type mentions which in a built assembly: in base types, interfaces, constraints, attributes, fields, signatures, local
/// variables, and in every instruction of every method, with its generic arguments and the signature of what it calls.
/// A constant leaves no trace in a built assembly; <see cref="Sources"/> looks at those who use it.
/// </summary>
internal sealed class AssemblyUses
{
    private static readonly ImmutableDictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(f => f.GetValue(null)).OfType<OpCode>().ToImmutableDictionary(c => c.Value);

    private readonly PEReader image;
    private readonly MetadataReader metadata;
    private readonly TypeNames names = new();
    private readonly HashSet<TypeUse> uses = [];
    private (string From, string In) here;

    private AssemblyUses(PEReader image)
    {
        this.image = image;
        metadata = image.GetMetadataReader();
    }

    /// <summary>All uses in the assembly of this file, except by what the compiler puts beside the types of the source.</summary>
    public static ImmutableArray<TypeUse> Of(string file)
    {
        using var built = new PEReader(File.OpenRead(file));
        var all = new AssemblyUses(built);
        foreach (var handle in all.metadata.TypeDefinitions)
        {
            all.Type(all.metadata.GetTypeDefinition(handle));
        }

        return [.. all.uses.Where(u => u.To.Split('+')[0] != u.From && !u.From.StartsWith('<') && !u.To.StartsWith('<'))];
    }

    private void Type(TypeDefinition type)
    {
        var outermost = type;
        while (!outermost.GetDeclaringType().IsNil)
        {
            outermost = metadata.GetTypeDefinition(outermost.GetDeclaringType());
        }

        var from = TypeNames.FullName(metadata, outermost);
        here = (from, "its declaration");
        Mention(type.BaseType);
        Attributes(type.GetCustomAttributes());
        Constraints(type.GetGenericParameters());
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            Mention(metadata.GetInterfaceImplementation(implemented).Interface);
        }

        foreach (var handle in type.GetFields())
        {
            var field = metadata.GetFieldDefinition(handle);
            here = (from, metadata.GetString(field.Name));
            Mention(field.DecodeSignature(names, null));
            Attributes(field.GetCustomAttributes());
        }

        foreach (var handle in type.GetProperties())
        {
            var property = metadata.GetPropertyDefinition(handle);
            here = (from, metadata.GetString(property.Name));
            Attributes(property.GetCustomAttributes());
        }

        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            here = (from, metadata.GetString(method.Name));
            Method(method);
        }
    }

    private void Method(MethodDefinition method)
    {
        Signature(method.DecodeSignature(names, null));
        Attributes(method.GetCustomAttributes());
        Constraints(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters())
        {
            Attributes(metadata.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = image.GetMethodBody(method.RelativeVirtualAddress);
        Mention(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            Mention(region.CatchType);
        }

        Instructions(body.GetILReader());
    }

    private void Instructions(BlobReader il)
    {
        while (il.RemainingBytes > 0)
        {
            short value = il.ReadByte();
            value = value == 0xFE ? unchecked((short)(0xFE00 | il.ReadByte())) : value;
            switch (OpCodesByValue[value].OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineTok or OperandType.InlineType:
                    Mention(MetadataTokens.EntityHandle(il.ReadInt32()));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    il.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = il.ReadInt32();
                    il.Offset += 4 * targets;
                    break;
                default:
                    il.Offset += 4;
                    break;
            }
        }
    }

    private void Mention(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Mention(names.GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0));
                break;
            case HandleKind.TypeReference:
                Mention(names.GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0));
                break;
            case HandleKind.TypeSpecification:
                Mention(names.GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)handle, 0));
                break;
            case HandleKind.FieldDefinition:
                var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                Mention(names.GetTypeFromDefinition(metadata, field.GetDeclaringType(), 0), metadata.GetString(field.Name));
                Mention(field.DecodeSignature(names, null));
                break;
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                Mention(names.GetTypeFromDefinition(metadata, method.GetDeclaringType(), 0), metadata.GetString(method.Name));
                Signature(method.DecodeSignature(names, null));
                break;
            case HandleKind.MemberReference:
                Member(metadata.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var made = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Mention(made.Method);
                Mention([.. made.DecodeSignature(names, null).SelectMany(a => a)]);
                break;
            case HandleKind.StandaloneSignature:
                var standalone = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                if (standalone.GetKind() == StandaloneSignatureKind.LocalVariables)
                {
                    Mention([.. standalone.DecodeLocalSignature(names, null).SelectMany(v => v)]);
                }
                else
                {
                    Signature(standalone.DecodeMethodSignature(names, null));
                }

                break;
            default:
                throw new NotSupportedException($"{here.From}.{here.In} mentions a {handle.Kind}, which this test does not know.");
        }
    }

    private void Member(MemberReference member)
    {
        var parent = member.Parent.Kind switch
        {
            HandleKind.TypeReference => names.GetTypeFromReference(metadata, (TypeReferenceHandle)member.Parent, 0),
            HandleKind.TypeSpecification => names.GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)member.Parent, 0),
            HandleKind.TypeDefinition => names.GetTypeFromDefinition(metadata, (TypeDefinitionHandle)member.Parent, 0),
            _ => throw new NotSupportedException($"{here.From}.{here.In} calls a member of a {member.Parent.Kind}, which this test does not know."),
        };
        Mention(parent, metadata.GetString(member.Name));
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            Signature(member.DecodeMethodSignature(names, null));
        }
        else
        {
            Mention(member.DecodeFieldSignature(names, null));
        }
    }

    private void Signature(MethodSignature<ImmutableArray<TypeName>> signature)
    {
        Mention(signature.ReturnType);
        Mention([.. signature.ParameterTypes.SelectMany(p => p)]);
    }

    private void Constraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(p => metadata.GetGenericParameter(p).GetConstraints()))
        {
            Mention(metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            Mention(attribute.Constructor);
            var value = attribute.DecodeValue(names);
            var arguments = value.FixedArguments.Select(a => a.Value).Concat(value.NamedArguments.Select(a => a.Value));
            foreach (var type in arguments.OfType<ImmutableArray<TypeName>>())
            {
                Mention(type);
            }
        }
    }

    private void Mention(ImmutableArray<TypeName> types, string? member = null)
    {
        for (var i = 0; i < types.Length; i++)
        {
            uses.Add(new(here.From, here.In, types[i].FullName, i == 0 ? member : null, types[i].IsOurs));
        }
    }
}
