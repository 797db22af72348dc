import { PageHeader } from '@/components/ui/page-header'
import { SettingsSection } from '@/components/ui/settings-section'

import { PasswordForm } from './password-form'
import { ProfileForm } from './profile-form'
import { ThemeChoice } from './theme-choice'

export function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" description="Your account, and how this page looks to you." />
      <div className="divide-y">
        <SettingsSection title="Profile" description="Your name, and the e-mail you sign in with.">
          <ProfileForm />
        </SettingsSection>
        <SettingsSection
          title="Password"
          description="Changing it signs you out on every other device."
        >
          <PasswordForm />
        </SettingsSection>
        <SettingsSection title="Appearance" description="Kept in this browser only.">
          <ThemeChoice />
        </SettingsSection>
      </div>
    </>
  )
}
