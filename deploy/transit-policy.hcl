# What Hiên may do in a Vault or OpenBao whose transit engine keeps its keys (HIEN_CUSTODIAN=transit). Made once, by hand:
#
#   bao secrets enable transit
#   bao write transit/keys/hien-wrap  type=aes256-gcm96      wraps the private keys of agencies
#   bao write transit/keys/hien-vouch type=ed25519           signs their public keys
#   bao write transit/keys/hien-root  type=hmac key_size=32  blind indexes, tokens; never trim or restrict its version 1
#   bao policy write hien deploy/transit-policy.hcl
#
# Another mount or prefix: change both here and HIEN_TRANSIT_MOUNT, HIEN_TRANSIT_KEY_PREFIX. No path has "create": a mistyped
# name would otherwise make a new key. Losing these keys loses every case: back up the store's storage and its unseal keys.
path "transit/encrypt/hien-wrap" { capabilities = ["update"] }
path "transit/decrypt/hien-wrap" { capabilities = ["update"] }
path "transit/keys/hien-wrap" { capabilities = ["read"] }
path "transit/sign/hien-vouch" { capabilities = ["update"] }
path "transit/keys/hien-vouch" { capabilities = ["read"] }
path "transit/hmac/hien-root/sha2-256" { capabilities = ["update"] }
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
